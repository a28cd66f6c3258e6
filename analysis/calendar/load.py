"""Reads the calendar: our own facts first, then official files of the lake, then what the user dropped in `data/reference/`."""

from collections.abc import Sequence
from pathlib import Path

from analysis.calendar.facts import Facts, Key
from analysis.calendar.files import CellError, Table, iso_date, parse_rows, read_header, read_table, require
from analysis.calendar.model import HOLIDAY_NAMES, Calendar, Span, year_bounds, zone_key
from analysis.calendar.official import is_official, official_facts
from analysis.errors import UserError

OWN_FACTS = Path(__file__).parents[1] / "reference"


def load_calendar(reference_dir: Path | None, official: Sequence[Table] = ()) -> Calendar:
    """The calendar of the project, overridden or completed by `official` files, the newest last, and by the CSV files of `reference_dir`.

    Those of the folder are recognised by their headers and read in order of name, a later one winning; other files there are left alone,
    and a folder that does not exist is an empty one. Raises UserError with file, line, column and value for what cannot be read.
    """
    facts = _read_folder(OWN_FACTS)
    for table in official:
        facts.update(official_facts(table))
    if reference_dir is not None:
        facts.update(_read_folder(reference_dir))
    return facts.calendar()


def _read_folder(folder: Path) -> Facts:
    facts = Facts()
    for path in sorted(folder.glob("*.[cC][sS][vV]")):
        facts.update(_read_file(path))
    return facts


def _read_file(path: Path) -> Facts:
    columns = read_header(path)
    if is_official(columns):
        return official_facts(read_table(path))
    if "first_school_day" in columns:
        return _own_years(read_table(path))
    if "class_resumes" in columns:
        return _own_holidays(read_table(path))
    return Facts()


def _own_years(table: Table) -> Facts:
    require(table, {"school_year", "zone", "first_school_day", "last_school_day"}, "a list of school years")
    facts = Facts()
    for key, first, last in parse_rows(table, lambda row: (_key(row), iso_date(row, "first_school_day"), iso_date(row, "last_school_day"))):
        facts.first[key], facts.last[key] = first, last
    return facts


def _own_holidays(table: Table) -> Facts:
    require(table, {"school_year", "zone", "name", "first_day_off", "class_resumes"}, "a list of school holidays")
    facts = Facts()
    for key, span in parse_rows(table, lambda row: (_key(row), _span(row))):
        facts.add_holiday(key, span)
    return facts


def _key(row: dict[str, str]) -> Key:
    try:
        year_bounds(row["school_year"].strip())
    except UserError as error:
        raise CellError("school_year", str(error)) from None
    return zone_key(row["zone"]), row["school_year"].strip()


def _span(row: dict[str, str]) -> Span:
    span = Span(iso_date(row, "first_day_off"), iso_date(row, "class_resumes"), row["name"].strip())
    if span.name not in HOLIDAY_NAMES:
        raise CellError("name", f'"{span.name}" is not the name of a holiday. Expected one of: {", ".join(HOLIDAY_NAMES)}.')
    if span.class_resumes <= span.first_day_off:
        raise CellError("class_resumes", f"{span.class_resumes} is not after the first day off, {span.first_day_off}. Mend that line.")
    return span
