"""What open data say of the schools of the rosters, for `cartable status`: what they fill, whom they do not know, whom rosters lack."""

from collections import Counter
from dataclasses import dataclass

import duckdb

from analysis.calendar.places import is_national_holiday

_ALIKE = 0.1  # of the public headcount: pupils move, and it is one day of September
_SHOWN = 5
_FILLED = ("commune", "sector", "ips", "rep")


@dataclass(frozen=True)
class OpenData:
    """Empty before a build, and where no such file was read.

    `filled`: `column, said_by, year` (of an index) and how many `schools` it speaks for, in the last school year of each. `unknown`: UAI of
    schools that stand in no directory. `rosters`: `uai, school_year, counted_on, enrolled, public_pupils` of schools with both numbers.
    `holidays`: days (ISO) of the years of the data on which a list of public holidays and the calendar disagree.
    """

    filled: list[dict]
    unknown: list[str]
    rosters: list[dict]
    holidays: list[str]


NONE = OpenData([], [], [], [])


def open_data_of(connection: duckdb.DuckDBPyConnection) -> OpenData:
    """What the warehouse of the connection knows; nothing where an older version built it."""
    known = "SELECT COUNT(*) FROM duckdb_tables() WHERE schema_name = 'marts' AND table_name = 'school_register'"
    if not connection.execute(known).fetchall()[0][0]:
        return NONE
    unknown = connection.execute("SELECT DISTINCT uai FROM marts.school_register WHERE NOT is_in_directory ORDER BY uai").fetchall()
    return OpenData(_filled(connection), [uai for (uai,) in unknown], _rosters(connection), _disputed_holidays(connection))


def sentences_of(state: OpenData) -> list[str]:
    """The same in sentences."""
    return [*_told_filled(state.filled), *_told_unknown(state.unknown), *_told_rosters(state.rosters), *_told_holidays(state.holidays)]


def _filled(connection: duckdb.DuckDBPyConnection) -> list[dict]:
    latest = "FROM marts.school QUALIFY ROW_NUMBER() OVER (PARTITION BY uai ORDER BY school_year DESC) = 1"
    found = connection.execute(f"SELECT {', '.join(f'{name}_from' for name in _FILLED)}, ips_year {latest}").fetchall()
    said = ((name, by, row[-1] if name == "ips" else None) for row in found for name, by in zip(_FILLED, row, strict=False))
    counts = Counter(each for each in said if each[1] not in (None, "schools.csv"))
    return [{"column": column, "said_by": by, "year": year, "schools": n} for (column, by, year), n in sorted(counts.items(), key=repr)]


def _rosters(connection: duckdb.DuckDBPyConnection) -> list[dict]:
    names = ("uai", "school_year", "counted_on", "enrolled", "public_pupils")
    query = f"SELECT {', '.join(names)} FROM marts.school_register WHERE public_pupils IS NOT NULL ORDER BY uai, school_year"
    rows = connection.execute(query).fetchall()
    return [{name: str(cell) if name == "counted_on" else cell for name, cell in zip(names, row, strict=True)} for row in rows]


def _disputed_holidays(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Days that only one of the two takes for a public holiday, between the first and the last day of the list."""
    listed = {day for (day,) in connection.execute("SELECT local_date FROM lake.public_holidays").fetchall()}
    if not listed:
        return []
    within = "SELECT DISTINCT local_date FROM marts.school_day WHERE local_date BETWEEN ? AND ? ORDER BY local_date"
    days = connection.execute(within, [min(listed), max(listed)]).fetchall()
    return [day.isoformat() for (day,) in days if is_national_holiday(day) != (day in listed)]


def _told_filled(filled: list[dict]) -> list[str]:
    parts = [f"{f['column']} of {_schools(f['schools'])} ({f['said_by']}{' ' + f['year'] if f['year'] else ''})" for f in filled]
    return [f"From open data, where schools.csv is silent: {', '.join(parts)}."] if parts else []


def _told_unknown(unknown: list[str]) -> list[str]:
    if not unknown:
        return []
    more = f" and {len(unknown) - _SHOWN} more" if len(unknown) > _SHOWN else ""
    return [
        f"In no directory that was read: {', '.join(unknown[:_SHOWN])}{more}. Check the code in schools.csv, or load a newer directory."
    ]


def _told_rosters(rosters: list[dict]) -> list[str]:
    far = [r for r in rosters if abs(r["enrolled"] - r["public_pupils"]) > _ALIKE * r["public_pupils"]]
    lines = [
        f"{r['uai']}, {r['school_year']}: the rosters hold {r['enrolled']:,} pupils on {r['counted_on']}, "
        f"the public headcount of September {r['public_pupils']:,}."
        for r in far
    ]
    near = f"Rosters within 10 % of the public headcount: {len(rosters) - len(far)} of {len(rosters)} schools and years."
    return [*lines, near] if rosters else []


def _told_holidays(days: list[str]) -> list[str]:
    if not days:
        return []
    more = f" and {len(days) - _SHOWN} more" if len(days) > _SHOWN else ""
    return [f"Public holidays on which the list that was read and the calendar disagree: {', '.join(days[:_SHOWN])}{more}."]


def _schools(number: int) -> str:
    return f"{number} school" if number == 1 else f"{number} schools"
