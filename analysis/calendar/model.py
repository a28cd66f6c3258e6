"""What a calendar is: for each zone and school year, its first and last school day and its holidays."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from analysis.errors import UserError
from analysis.period_names import FIRST_MONTH

HOLIDAY_NAMES = ("toussaint", "noel", "hiver", "printemps", "ascension", "autre")
REMEDY = (
    "Download the official calendar (fr-en-calendrier-scolaire, CSV) from data.education.gouv.fr and drop it in data/raw/ or "
    "data/reference/, or write the year in school_years.csv and holidays.csv of data/reference/: docs/how-to/calendar.md shows how."
)


@dataclass(frozen=True, order=True)
class Span:
    """Days without class from `first_day_off` to the eve of `class_resumes`; `name` is one of HOLIDAY_NAMES."""

    first_day_off: date
    class_resumes: date
    name: str

    def __contains__(self, day: date) -> bool:
        """Whether there is no class on `day` because of this span."""
        return self.first_day_off <= day < self.class_resumes


@dataclass(frozen=True)
class SchoolYear:
    """One zone in one school year (`2025-2026`): both bounds are days with class; holidays are in order of date."""

    zone: str
    school_year: str
    first_school_day: date
    last_school_day: date
    holidays: tuple[Span, ...]


@dataclass(frozen=True)
class Calendar:
    """Every zone and school year known. `incomplete` says what a year lacks; `notes` what a reader of the sources should know."""

    years: Mapping[tuple[str, str], SchoolYear]
    incomplete: Mapping[tuple[str, str], str]
    notes: tuple[str, ...] = ()

    def knows(self, zone: str, school_year: str) -> bool:
        """Whether the school days of that zone and year are known."""
        return (zone_key(zone), school_year) in self.years

    def year(self, zone: str, school_year: str) -> SchoolYear:
        """The school year of a zone (`C`, `Zone C`, `Corse`...). Raises UserError with what is known and the remedy."""
        key = zone_key(zone), school_year
        if key in self.years:
            return self.years[key]
        if key in self.incomplete:
            raise UserError(f"School calendar of zone {zone}, {school_year}: {self.incomplete[key]}. {REMEDY}")
        raise UserError(f"No school calendar for zone {zone or '(empty)'} in {school_year}; known: {self._known()}. {REMEDY}")

    def _known(self) -> str:
        zones = sorted({zone for zone, _ in self.years})
        return "; ".join(f"{zone} {_first_to_last(year for z, year in self.years if z == zone)}" for zone in zones) or "none"


def zone_key(zone: str) -> str:
    """A zone as the calendar knows it, whatever its spelling: `Zone C` and `c` give `C`; upper case, no accent, no hyphen."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", zone or "") if not unicodedata.combining(c))
    return " ".join(bare.upper().replace("-", " ").split()).removeprefix("ZONE ")


def year_bounds(school_year: str) -> tuple[date, date]:
    """1 August and 31 July of a school year such as `2025-2026`. Raises UserError for any other form."""
    start, _, end = school_year.partition("-")
    if not (len(start) == 4 and start.isdigit() and end == str(int(start) + 1)):
        raise UserError(f"{school_year!r} is not a school year. Write two following years, such as 2025-2026.")
    return date(int(start), FIRST_MONTH, 1), date(int(end), FIRST_MONTH, 1) - timedelta(1)


def touches(school_year: str, first: date, last: date) -> bool:
    """Whether a day of the school year lies between `first` and `last`."""
    start, end = year_bounds(school_year)
    return start <= last and end >= first


def _first_to_last(years: Iterable[str]) -> str:
    ordered = sorted(years)
    return ordered[0] if len(ordered) == 1 else f"{ordered[0]} to {ordered[-1]}"
