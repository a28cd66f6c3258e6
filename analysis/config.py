"""`cartable.toml`, read and validated: every threshold and path of the project, with its default."""

import re
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from analysis.alerts.settings import Alerts
from analysis.allowance import cores
from analysis.delivery.settings import Mail, Share
from analysis.errors import UserError
from analysis.misconfigured import read_settings

CONFIG_NAME = "cartable.toml"
LEGAL_THRESHOLD = 11  # pupils: the French rule for data on natural persons; a town may only raise it
# percentages of small groups are "at most" or "at least" these bounds (after the practice of US states under NCES 2011-603)
PERCENT_CODING = {11: 0.20, 20: 0.10, 40: 0.05, 100: 0.02, 300: 0.01}

_MEMORY = re.compile(r"[0-9]+(\.[0-9]+)? ?([KMGT]i?)?B", re.IGNORECASE)


def _named_once(names: tuple[str, ...]) -> tuple[str, ...]:
    if not names or not all(name.strip() for name in names):
        raise PydanticCustomError("blank", "name one at least, and leave none blank")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise PydanticCustomError("twice", '"{name}" stands there twice', {"name": twice})
    return names


def _of_school_years(plan: dict[str, int]) -> dict[str, int]:
    """The plan in the order of its years."""
    for year in plan:
        is_one = re.fullmatch(r"[0-9]{4}-[0-9]{4}", year) and int(year[5:]) == int(year[:4]) + 1
        if not is_one:
            expected = '"{year}" is not a school year; expected two years in a row, such as 2021-2022'
            raise PydanticCustomError("school_year", expected, {"year": year})
    return dict(sorted(plan.items()))


def _bound(coding: dict[int, float], size: int) -> float:
    """The bound for a group of `size` pupils: that of the largest size of the coding which it reaches."""
    return next((bound for edge, bound in sorted(coding.items(), reverse=True) if size >= edge), 0.5)


def _no_finer(coding: dict[int, float]) -> dict[int, float]:
    """A coding that bounds no group more closely than the built-in one, in the order of sizes."""
    for size in sorted({*coding, *PERCENT_CODING}):
        if not _bound(PERCENT_CODING, size) <= _bound(coding, size) <= 0.5:
            least = f"{_bound(PERCENT_CODING, size):.2f}"
            said = "groups of {size} pupils need a bound of {least} at least, 0.5 at most"
            raise PydanticCustomError("coding", said, {"size": size, "least": least})
    return dict(sorted(coding.items()))


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # no such name, no name at all, a folder of names
        raise PydanticCustomError("timezone", "no such time zone; allowed is a name such as Europe/Paris or Indian/Reunion") from None
    return name


def _memory(size: str) -> str:
    if not _MEMORY.fullmatch(size) or not float(re.split("[^0-9.]", size)[0]):
        raise PydanticCustomError("memory", "this is no size of memory; allowed is a number with its unit, such as 2GiB or 800MB")
    return size


_Names = Annotated[tuple[str, ...], AfterValidator(_named_once)]
_Tablets = Annotated[int, Field(ge=0)]


PeriodKind = Literal["month", "trimester", "stretch", "year"]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Privacy(_Section):
    """Disclosure control and the pseudonym key. A number may only be made stricter; docs/how-to/configure.md says what each one does."""

    threshold: Annotated[int, Field(ge=LEGAL_THRESHOLD)] = LEGAL_THRESHOLD
    dominance: Annotated[float, Field(gt=0, le=0.85)] = 0.85
    percent_coding: Annotated[dict[int, float], AfterValidator(_no_finer)] = PERCENT_CODING
    pupils_for_fine_percent: Annotated[int, Field(ge=40)] = 40
    pupils_for_fine_minutes: Annotated[int, Field(ge=22)] = 22
    pupils_per_tail: Annotated[int, Field(ge=11)] = 11
    uncertain_points: Annotated[float, Field(ge=20, le=50)] = 20
    uncertain_minutes: Annotated[float, Field(ge=10)] = 10
    key_file: Path | None = None

    def bound_at(self, size: int) -> float:
        """Up to which share, and from which on, a percentage of `size` pupils is told as "at most" or "at least"."""
        return _bound(self.percent_coding, size)


class Coverage(_Section):
    """Under this share of device-days seen, a figure gives way to "données insuffisantes"."""

    floor: Annotated[float, Field(ge=0, le=1)] = 0.5


class Ent(_Section):
    """The portal: a visit ends after this silence."""

    session_gap_minutes: Annotated[int, Field(ge=1, le=240)] = 30


class Deployment(_Section):
    """Who is to have a tablet: the entitled levels in order, those of the last one give it back; the tablets planned in pupils' hands,
    cumulated, by school year, and once all are handed out.
    """

    levels: _Names = ("CP", "CE1", "CE2", "CM1", "CM2")
    plan: Annotated[dict[str, _Tablets], AfterValidator(_of_school_years)] = {}
    at_term: _Tablets | None = None


class Equity(_Section):
    """The social bands of `people.csv`, from the most to the least favoured."""

    social_bands: _Names = ("très favorisée", "favorisée", "moyenne", "défavorisée")


class Costs(_Section):
    """What the town pays for a school year, in euros, and what that covers."""

    eur_per_school_year: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    covers: str = ""


class Schedule(_Section):
    """What `cartable run` makes: for each kind of report, the kinds of periods after whose end it is made; how long a closed period is
    made anew when its figures change; how often a report that fails is tried again; how long a report's notebook may run and how much
    memory its kernel may take; how many are made at once; whether their kernels are forked.
    """

    reports: dict[str, tuple[PeriodKind, ...]] = {
        "usage": ("month", "trimester", "year"),
        "adoption": ("trimester", "year"),
        "equity": ("trimester", "year"),
        "dossier": ("trimester",),
        "leaflet": ("trimester",),
        "territory": ("trimester", "year"),
        "quality": ("month", "trimester"),
    }
    languages: tuple[Literal["fr", "en"], ...] = ()
    formats: tuple[Literal["pdf", "html"], ...] = ("pdf", "html")
    reopen_days: Annotated[int, Field(ge=0)] = 30
    retries: Annotated[int, Field(ge=0, le=5)] = 1
    timeout_minutes: Annotated[float, Field(gt=0, le=1440)] = 10
    kernel_memory: Annotated[str, AfterValidator(_memory)] = "4GiB"
    jobs: Annotated[int, Field(ge=1, le=64)] = min(cores(), 64)
    warm_kernels: bool = True


class Silence(_Section):
    """After how many days without newer data `cartable status` says that a source is silent."""

    fleet_days: Annotated[int, Field(ge=1)] = 10
    portal_days: Annotated[int, Field(ge=1)] = 10
    network_days: Annotated[int, Field(ge=1)] = 10
    registers_days: Annotated[int, Field(ge=1)] = 365


class Limits(_Section):
    """What one raw file may cost before it is refused."""

    unpacked_bytes: Annotated[int, Field(gt=0)] = 20_000_000_000
    columns: Annotated[int, Field(gt=0)] = 2_000
    rows: Annotated[int, Field(gt=0)] = 500_000_000
    memory: Annotated[str, AfterValidator(_memory)] = "2GiB"


class Config(_Section):
    """The whole configuration. Relative paths are relative to the folder of `cartable.toml`."""

    territory: str = "Territoire sans nom"
    language: Literal["fr", "en"] = "fr"
    timezone: Annotated[str, AfterValidator(_timezone)] = "Europe/Paris"
    contact: str = ""
    logo: Path | None = None
    data_dir: Path = Path("data")
    reports_dir: Path = Path("reports")
    privacy: Privacy = Privacy()
    coverage: Coverage = Coverage()
    ent: Ent = Ent()
    deployment: Deployment = Deployment()
    equity: Equity = Equity()
    costs: Costs = Costs()
    schedule: Schedule = Schedule()
    silence: Silence = Silence()
    alerts: Alerts = Alerts()
    mail: Mail = Mail()
    share: Share = Share()
    limits: Limits = Limits()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of scheduled reports."""
        return self.schedule.languages or (self.language,)

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
    def ledger_dir(self) -> Path:
        """Every figure ever released, and fingerprints of what pupils added to them."""
        return self.data_dir / "ledger"

    @property
    def warehouse(self) -> Path:
        """The DuckDB database that a build swaps in."""
        return self.data_dir / "warehouse.duckdb"

    @property
    def deliveries(self) -> Path:
        """What was sent to whom, one line each; written to at its end only."""
        return self.data_dir / "deliveries" / "deliveries.jsonl"

    @property
    def published(self) -> Path:
        """The DuckDB database of the published tables alone, swapped in with the warehouse: all that a report opens."""
        return self.data_dir / "published.duckdb"


def load_config(path: Path | None = None, data_dir: Path | None = None, reports_dir: Path | None = None) -> Config:
    """The configuration of `path`, or of the nearest `cartable.toml` at or above the working directory, or the defaults.

    `data_dir` and `reports_dir`, given on the command line, win over the file. Raises UserError with file, line, key and what is allowed.
    """
    found = path or _nearest(Path.cwd())
    if path is not None and not path.is_file():
        raise UserError(f"{path}: no such configuration file. Give the path of a {CONFIG_NAME}, or leave --config out.")
    base = found.parent.resolve() if found else Path.cwd()
    config = read_settings(found, Config) if found else Config()
    return config.model_copy(
        update={
            "data_dir": (data_dir or base / config.data_dir).resolve(),
            "reports_dir": (reports_dir or base / config.reports_dir).resolve(),
            "logo": config.logo and (base / config.logo).resolve(),
            "mail": config.mail.beside(base),
            "share": config.share.beside(base),
        }
    )


def _nearest(start: Path) -> Path | None:
    candidates = (folder / CONFIG_NAME for folder in (start, *start.parents))
    return next((path for path in candidates if path.is_file()), None)
