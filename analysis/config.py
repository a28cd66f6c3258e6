"""`cartable.toml`, read and validated: every threshold and path of the project, with its default."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analysis.errors import UserError

CONFIG_NAME = "cartable.toml"
LEGAL_THRESHOLD = 11  # pupils: the French rule for data on natural persons; a town may only raise it


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Privacy(_Section):
    """Disclosure control and the pseudonym key."""

    threshold: Annotated[int, Field(ge=LEGAL_THRESHOLD)] = LEGAL_THRESHOLD
    key_file: Path | None = None


class Coverage(_Section):
    """Under this share of device-days seen, a figure gives way to "données insuffisantes"."""

    floor: Annotated[float, Field(ge=0, le=1)] = 0.5


class Ent(_Section):
    """The portal: a visit ends after this silence."""

    session_gap_minutes: Annotated[int, Field(ge=1, le=240)] = 30


class Limits(_Section):
    """What one raw file may cost before it is refused."""

    unpacked_bytes: Annotated[int, Field(gt=0)] = 20_000_000_000
    columns: Annotated[int, Field(gt=0)] = 2_000
    memory: str = "2GiB"


class Config(_Section):
    """The whole configuration. Relative paths are relative to the folder of `cartable.toml`."""

    territory: str = "Territoire sans nom"
    language: Literal["fr", "en"] = "fr"
    timezone: str = "Europe/Paris"
    contact: str = ""
    data_dir: Path = Path("data")
    reports_dir: Path = Path("reports")
    privacy: Privacy = Privacy()
    coverage: Coverage = Coverage()
    ent: Ent = Ent()
    limits: Limits = Limits()

    @property
    def raw_dir(self) -> Path:
        """Where exports are dropped; never edited."""
        return self.data_dir / "raw"

    @property
    def lake_dir(self) -> Path:
        """Checked, pseudonymised rows as Parquet."""
        return self.data_dir / "lake"

    @property
    def quarantine_dir(self) -> Path:
        """Rows set aside, with file, line, column and reason."""
        return self.data_dir / "quarantine"

    @property
    def reference_dir(self) -> Path:
        """Facts that a user drops, such as a newer official calendar."""
        return self.data_dir / "reference"

    @property
    def warehouse(self) -> Path:
        """The DuckDB database that a build swaps in."""
        return self.data_dir / "warehouse.duckdb"


def load_config(path: Path | None = None, data_dir: Path | None = None, reports_dir: Path | None = None) -> Config:
    """The configuration of `path`, or of the nearest `cartable.toml` at or above the working directory, or the defaults.

    `data_dir` and `reports_dir`, given on the command line, win over the file. Raises UserError with file, key and what is allowed.
    """
    found = path or _nearest(Path.cwd())
    if path is not None and not path.is_file():
        raise UserError(f"{path}: no such configuration file. Give the path of a {CONFIG_NAME}, or leave --config out.")
    base = found.parent.resolve() if found else Path.cwd()
    config = _validated(found)
    return config.model_copy(
        update={
            "data_dir": (data_dir or base / config.data_dir).resolve(),
            "reports_dir": (reports_dir or base / config.reports_dir).resolve(),
        }
    )


def _nearest(start: Path) -> Path | None:
    candidates = (folder / CONFIG_NAME for folder in (start, *start.parents))
    return next((path for path in candidates if path.is_file()), None)


def _validated(path: Path | None) -> Config:
    if path is None:
        return Config()
    try:
        return Config.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{path.name}: not valid TOML ({error}). Mend that line.") from None
    except ValidationError as error:
        complaints = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg'].lower()}" for e in error.errors())
        raise UserError(f"{path.name}: {complaints}. The keys that exist are explained in docs/how-to/configure.md.") from None
