"""Marts, and those that are made month by month (`month` in their header): the days of a month, the months beside it, and the order."""

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta

import duckdb

from analysis.config import Config
from analysis.engine import literal, literal_date, quoted
from analysis.header import SqlFile

RowsOf = Callable[[SqlFile, str], str]


def month_bounds(month: str) -> tuple[date, date]:
    """The first and the last day of a month such as 2025-10."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def months_around(month: str) -> tuple[str, str, str]:
    """The month before, the month itself, the month after."""
    first, last = month_bounds(month)
    return f"{first - timedelta(1):%Y-%m}", month, f"{last + timedelta(1):%Y-%m}"


def set_month(first: date, last: date, connection: duckdb.DuckDBPyConnection) -> None:
    """Says to the SQL of monthly marts which days they are made for."""
    connection.execute(f"SET VARIABLE month_start = {literal_date(first)}")
    connection.execute(f"SET VARIABLE month_end = {literal_date(last)}")


def set_thresholds(config: Config, connection: duckdb.DuckDBPyConnection) -> None:
    """Says to the SQL of marts what the configuration says."""
    connection.execute(f"SET VARIABLE session_gap_minutes = {config.ent.session_gap_minutes}")
    connection.execute(f"SET VARIABLE coverage_floor = {config.coverage.floor}")


def is_monthly(mart: SqlFile) -> bool:
    """Whether a mart is made month by month."""
    return "month" in mart.header


def monthly_after_rosters(marts: list[SqlFile]) -> list[SqlFile]:
    """Marts in an order that stays right: those that monthly ones need, the monthly ones, and all others. Raises ValueError where a monthly
    mart needs one that needs monthly ones, and the months could not be made together.
    """
    monthly = {mart.name for mart in marts if is_monthly(mart)}
    needed = _needed(monthly, {mart.name: mart.header.get("needs", []) for mart in marts}) - monthly
    before = [mart for mart in marts if mart.name in needed]
    if late := [mart.name for mart in before if monthly & set(mart.header.get("needs", []))]:
        raise ValueError(f"monthly marts need {', '.join(late)}, which needs monthly marts")
    return [*before, *filter(is_monthly, marts), *(mart for mart in marts if mart.name not in needed | monthly)]


def make_mart(
    mart: SqlFile, clean: list[str], dirty: list[str], connection: duckdb.DuckDBPyConnection, rows_of: RowsOf | None = None
) -> None:
    """Makes a mart whole or, if it is monthly, of its `dirty` months and those that are `clean` in the database `old`.

    `rows_of`: the SELECT of the rows of a month that were made elsewhere; without it they are made here.
    """
    name = f"marts.{quoted(mart.name)}"
    if not is_monthly(mart):
        connection.execute(f"CREATE TABLE {name} AS {mart.sql}")
        return
    if rows_of:  # its types, from the SQL itself: Parquet does not have all of them
        set_month(*month_bounds(dirty[0]), connection)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM ({mart.sql}) LIMIT 0")
    for number, month in enumerate(dirty):
        set_month(*month_bounds(month), connection)
        rows = rows_of(mart, month) if rows_of else mart.sql
        connection.execute(f"CREATE TABLE {name} AS {rows}" if number == 0 and not rows_of else f"INSERT INTO {name} BY NAME {rows}")
    if clean:
        kept = ", ".join(map(literal, clean))
        rows = f"SELECT * FROM old.{name} WHERE strftime({quoted(mart.header['month'])}, '%Y-%m') IN ({kept})"
        connection.execute(f"INSERT INTO {name} BY NAME {rows}")


def _needed(names: Iterable[str], needs: dict[str, list[str]]) -> set[str]:
    found = set[str]()
    waiting = list(names)
    while waiting:
        for name in needs.get(waiting.pop(), []):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found
