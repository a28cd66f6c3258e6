"""`[alerts]` of `cartable.toml`: from when on a town wants to hear of something."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

_Share = Annotated[float, Field(ge=0, le=1)]


class Alerts(BaseModel):
    """The thresholds of the alerts; docs/how-to/configure.md says what each one does."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    is_on: bool = True
    days: Annotated[int, Field(ge=1, le=366)] = 45
    school_days: Annotated[int, Field(ge=1, le=23)] = 8
    trolley_share: _Share = 0.10
    trolley_classes: Annotated[int, Field(ge=3)] = 3
    activation_target: _Share = 0.90
    activation_growth: _Share = 0.05
    activation_months: Annotated[int, Field(ge=1, le=9)] = 2
