"""Rows of a canonical table as the lake files them: Parquet, one file per month (UTC), or one in all for a roster."""

from datetime import date, timedelta
from pathlib import Path

import duckdb

from analysis.engine import enums_of, literal, literal_date, quoted
from analysis.tables import Table

_SAME = ("source", "evidence")  # in all rows of a file


def write_rows(rows: str, table: Table, stem: str, folder: Path, connection: duckdb.DuckDBPyConnection) -> dict:
    """Writes the rows of the view or table `rows` below `folder`; returns what a record says of them: months, first, last."""
    if not table.month:
        plain = ", ".join(f"CAST({quoted(c)} AS VARCHAR) AS {quoted(c)}" for c in enums_of(rows, connection))
        _copy(f"SELECT * {f'REPLACE ({plain})' if plain else ''} FROM {rows}", folder / table.name / f"{stem}.parquet", connection)
        is_dated = any(column.name == "from_date" for column in table.columns)
        return {"first": _text(f"SELECT MIN(from_date)::VARCHAR FROM {rows}", connection)} if is_dated else {}
    months, earliest, latest = _span(rows, table, connection)
    for first in months:
        one = rows
        if len(months) > 1:
            one = "of_month"
            connection.execute(f"CREATE OR REPLACE TEMP TABLE of_month AS SELECT * FROM {rows} WHERE {_is_in(first, table)}")
        _copy(_ordered(one, table, connection), folder / table.name / f"month={first:%Y-%m}" / f"{stem}.parquet", connection)
    return {"months": tuple(f"{first:%Y-%m}" for first in months), "first": earliest, "last": latest}


def _span(rows: str, table: Table, connection: duckdb.DuckDBPyConnection) -> tuple[list[date], str, str]:
    """The first day of each month (UTC) that there is a row of, and the first and the last value as text."""
    column = quoted(table.month)
    # to cut instants into days as whole numbers is ten times as fast as to write them out
    day = "{}" if _is_day(table) else "CAST(make_timestamp(EPOCH_US({})) AS DATE)"
    ends = [f"{end}({column})" for end in ("MIN", "MAX")]
    days = ", ".join(day.format(end) for end in ends)
    texts = ", ".join(f"CAST({end} AS VARCHAR)" for end in ends)
    begin, end, earliest, latest = connection.execute(f"SELECT {days}, {texts} FROM {rows}").fetchall()[0]
    if begin is None:
        return [], "", ""
    found = [(begin,)]
    if begin.replace(day=1) != end.replace(day=1):
        found = connection.execute(f"SELECT DISTINCT {day.format(column)} FROM {rows}").fetchall()
    return sorted({each.replace(day=1) for (each,) in found}), earliest, latest


def _is_in(first: date, table: Table) -> str:
    after = (first + timedelta(32)).replace(day=1)
    bounds = [literal_date(day) if _is_day(table) else f"TIMESTAMPTZ '{day} 00:00:00+00'" for day in (first, after)]
    return f"{quoted(table.month)} >= {bounds[0]} AND {quoted(table.month)} < {bounds[1]}"


def _is_day(table: Table) -> bool:
    return table.column(table.month).type == "DATE"


def _ordered(rows: str, table: Table, connection: duckdb.DuckDBPyConnection) -> str:
    """The query of the rows in the order of all columns: the pseudonyms, then the time, then the others.

    So a file does not depend on how the work was shared out, compresses well, and pseudonyms do not stand in the order of what they hide.
    Exports are in the order of time, mostly for one device after the other: what is nearly in order is sorted sooner.

    An ENUM is sorted as the number that it is, and is a text again before it is written: as an ENUM it would be written with values that
    its rows do not have, of rows that were set aside, forgotten or filed under another month, and which ones would depend on the threads.
    """
    names = [name for (name, *_) in connection.execute(f"DESCRIBE {rows}").fetchall()]
    enums = enums_of(rows, connection)
    same = [name for name in enums if name in _SAME]
    written = ", ".join(_one(name, rows, connection) if name in same else quoted(name) for name in names)
    ranks = {column.name: not column.pseudonym for column in table.columns} | {table.month: 0.5}
    order = ", ".join(quoted(name) for name in sorted(names, key=ranks.__getitem__) if name not in same)  # one value orders nothing
    texts = ", ".join(f"CAST({quoted(name)} AS VARCHAR) AS {quoted(name)}" for name in enums if name not in same)
    return f"SELECT * {f'REPLACE ({texts})' if texts else ''} FROM (SELECT {written} FROM {rows} ORDER BY {order})"


def _one(name: str, rows: str, connection: duckdb.DuckDBPyConnection) -> str:
    """The one value of a column, as the ENUM of that value alone."""
    value = literal(_text(f"SELECT CAST({quoted(name)} AS VARCHAR) FROM {rows} LIMIT 1", connection))
    return f"CAST({value} AS ENUM ({value})) AS {quoted(name)}"


def _copy(rows: str, target: Path, connection: duckdb.DuckDBPyConnection) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(f"COPY ({rows}) TO {literal(str(target))} (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)")


def _text(query: str, connection: duckdb.DuckDBPyConnection) -> str:
    return connection.execute(query).fetchall()[0][0] or ""
