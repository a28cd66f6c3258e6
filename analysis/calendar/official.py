"""The ministry's open-data file `fr-en-calendrier-scolaire`, with label headers or API headers.

How its rows are read, as the published decrees show (formats.md, section 5):
- an instant is a midnight of Paris written in UTC, overseas too;
- the end is the day class resumes; the start is the day of departure, after class: the first day off is the next day. The start itself
  is off when it is a Saturday or Sunday, a public holiday or the day after one, or when the row starts and ends on the same day;
- the summer row starts on the last school day (the Friday, if it says Saturday) and ends on the first day of the next school year;
- teachers' rows and those of secondary schools or of the northern islands alone are left out.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from analysis.calendar.facts import Facts, Key
from analysis.calendar.files import CellError, Table, parse_rows, require
from analysis.calendar.model import Span, year_bounds, zone_key
from analysis.calendar.places import is_national_holiday
from analysis.errors import UserError

PARIS = ZoneInfo("Europe/Paris")
LABELS = {
    "Description": "description",
    "Population": "population",
    "Date de début": "start_date",
    "Date de fin": "end_date",
    "Académies": "location",
    "Zones": "zones",
    "annee_scolaire": "annee_scolaire",
}
NAMES = (  # the first pattern found in the description, in lower case without accents, names the holiday
    (r"hiver austral|ete$|grandes vacances", "summer"),
    (r"ascension", "ascension"),
    (r"^(?!vacances)", "autre"),
    (r"toussaint|1ere periode", "toussaint"),
    (r"noel|ete austral", "noel"),
    (r"hiver|carnaval|fevrier|3eme periode", "hiver"),
    (r"printemps|paques|4eme periode", "printemps"),
)
LONGEST_HOLIDAY_DAYS = 40  # longer, in the middle of the year, is a slip of the file: Reunion's summer lasts 34


class OfficialRow(NamedTuple):
    """One row that counts for primary pupils; `start` and `end` are local dates."""

    name: str
    location: str
    key: Key
    start: date
    end: date


def is_official(columns: tuple[str, ...]) -> bool:
    """Whether these headers are those of the official calendar."""
    return {"annee_scolaire", "zones"} <= {LABELS.get(column, column) for column in columns}


def official_facts(table: Table) -> Facts:
    """The facts of an official file. Raises UserError with file, line, column and value for what cannot be read."""
    facts = Facts()
    for (key, name, _), rows in sorted(_grouped(_rows(table)).items()):
        row = _majority(table.name, rows, facts.notes)
        if name == "summer":
            _add_summer(facts, key, row)
        else:
            _add_holiday(facts, key, row, table.name)
    return facts


def _rows(table: Table) -> list[OfficialRow]:
    labels = {LABELS.get(column, column): column for column in table.columns}
    require(table._replace(columns=tuple(labels)), set(LABELS.values()), "the official school calendar")
    rows = parse_rows(table, lambda row: _parsed(row, labels))
    return [row for row in rows if row]


def _parsed(row: dict[str, str], labels: dict[str, str]) -> OfficialRow | None:
    cell = {name: row[column].strip() for name, column in labels.items()}
    if not _concerns_primary_pupils(cell["population"]) or re.fullmatch(r"\d{4}", cell["annee_scolaire"]):
        return None  # New Caledonia and Wallis count in calendar years, which no school year of ours is
    start, end = (_local_day(cell[name], labels[name]) for name in ("start_date", "end_date"))
    if end < start:
        raise CellError(labels["end_date"], f"the end, {end}, is before the start, {start}. Download the file again or mend that line.")
    key = zone_key(cell["zones"]), _school_year(cell["annee_scolaire"], labels["annee_scolaire"])
    return OfficialRow(_name(cell["description"]), cell["location"], key, start, end)


def _concerns_primary_pupils(population: str) -> bool:
    if population.startswith(("Enseignants", "Saint")):
        return False
    return "premier degré" in population.lower() or not re.search("second degré|lycée|collège", population.lower())


def _local_day(text: str, column: str) -> date:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise CellError(column, f'"{text}" is not a date. Expected an instant such as 2025-10-17T22:00:00+00:00.') from None
    return instant.astimezone(PARIS).date() if instant.tzinfo else instant.date()


def _school_year(text: str, column: str) -> str:
    try:
        year_bounds(text)
    except UserError as error:
        raise CellError(column, str(error)) from None
    return text


def _name(description: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", description.lower()) if not unicodedata.combining(c))
    return next((name for pattern, name in NAMES if re.search(pattern, plain)), "autre")


def _grouped(rows: list[OfficialRow]) -> dict[tuple[Key, str, date], list[OfficialRow]]:
    groups = defaultdict(list)
    for row in rows:
        groups[row.key, row.name, row.start if row.name == "autre" else date.min].append(row)
    return dict(groups)


def _majority(file: str, rows: list[OfficialRow], notes: list[str]) -> OfficialRow:
    """The dates that most académies of the zone give (the earliest, if they are equal in number)."""
    votes = Counter((row.start, row.end) for row in rows)
    start, end = min(votes, key=lambda dates: (-votes[dates], dates))
    if len(votes) > 1:
        others = ", ".join(sorted({row.location for row in rows if (row.start, row.end) != (start, end)}))
        zone, year = rows[0].key
        notes.append(f"{file}: zone {zone}, {year}, {rows[0].name}: {start} to {end} as in most académies; {others} differs.")
    return rows[0]._replace(start=start, end=end)


def _add_summer(facts: Facts, key: Key, row: OfficialRow) -> None:
    facts.last[key] = row.start - timedelta(max(0, row.start.weekday() - 4))  # Saturday and Sunday back to Friday
    if row.end > row.start:  # "Début des vacances" rows have no return
        zone, year = key
        start = int(year[:4]) + 1
        facts.first[zone, f"{start}-{start + 1}"] = row.end


def _add_holiday(facts: Facts, key: Key, row: OfficialRow, file: str) -> None:
    span = Span(_first_day_off(row), max(row.end, row.start + timedelta(1)), row.name)
    facts.add_holiday(key, span)
    days = (span.class_resumes - span.first_day_off).days
    if days > LONGEST_HOLIDAY_DAYS:
        facts.notes.append(f"{file}: zone {key[0]}, {key[1]}: a holiday from {span.first_day_off} lasts {days} days. Check it.")


def _first_day_off(row: OfficialRow) -> date:
    starts_off = row.start.weekday() >= 5 or row.start == row.end
    near_holiday = is_national_holiday(row.start) or is_national_holiday(row.start - timedelta(1))
    return row.start if starts_off or near_holiday else row.start + timedelta(1)
