"""The protocol of a study, laid down before its results are known: `data/reference/protocol.toml`, one page.

It names one primary outcome and few secondary ones, the kind of minutes, and the least association that would matter. The report on
outcomes holds itself to it: what was not announced is called exploratory, and so is all of it when the file was dated after the test.
"""

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from analysis.config import Config
from analysis.misconfigured import read_settings

NAME = "protocol.toml"
PAGE = "docs/how-to/outcomes.md"
_Text = Annotated[str, Field(min_length=1, max_length=200)]


def _school_year(text: str) -> str:
    if not re.fullmatch(r"20\d\d-20\d\d", text) or int(text[5:]) != int(text[:4]) + 1:
        raise PydanticCustomError("school_year", "expected is a school year, such as 2022-2023")
    return text


_SchoolYear = Annotated[str, AfterValidator(_school_year)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Outcome(_Part):
    """A domain of a test, and the earlier result that pupils are compared at; without one, the first of the same domain in the year."""

    test: _Text
    domain: _Text
    prior_test: str = ""
    prior_domain: str = ""


class Cohort(_Part):
    """A domain of a test whose pupils had tablets from `first_year` on, in the schools that `among` names (none: all of the rosters)."""

    test: _Text
    domain: _Text
    first_year: _SchoolYear
    among: tuple[str, ...] = ()


class Adoption(_Part):
    """Who got tablets when, and the schools that had none, of other towns as a rule: their results stand in group_assessments.csv too."""

    never: tuple[str, ...] = ()
    cohort: tuple[Cohort, ...] = ()


class Protocol(_Part):
    """What was announced, and on which day. `smallest` is the least association that would matter, in SD for ten minutes more a day."""

    registered_on: dt.date
    question: str = ""
    evidence: Literal["foreground", "active"] = "foreground"
    smallest: Annotated[float, Field(gt=0, le=2)] = 0.10
    primary: Outcome
    secondary: tuple[Outcome, ...] = ()
    adoption: Adoption = Adoption()

    @field_validator("registered_on")
    @classmethod
    def _is_not_to_come(cls, day: dt.date) -> dt.date:
        if day > dt.datetime.now(tz=dt.UTC).date():
            raise PydanticCustomError("future", "the day lies in the future; it is the day on which the protocol was laid down")
        return day

    @model_validator(mode="after")
    def _are_different(self) -> "Protocol":
        named = [(each.test, each.domain) for each in (self.primary, *self.secondary)]
        if len(set(named)) < len(named):
            raise PydanticCustomError(
                "twice", "the same domain of the same test is announced twice; a primary outcome is not secondary too"
            )
        return self


def read_protocol(config: Config) -> Protocol | None:
    """The protocol of the reference folder; None where there is none.

    Raises UserError with file, line and key for one that cannot be read.
    """
    file = config.reference_dir / NAME
    return read_settings(file, Protocol, PAGE) if file.is_file() else None
