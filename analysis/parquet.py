"""Rows of a canonical table as the lake files them: Parquet, one file per month (UTC), or one in all for a roster."""

from datetime import date, timedelta
from pathlib import Path

import duckdb

from analysis.engine import enums_of, literal, literal_date, quoted
from analysis.tables import Table

FEW = 16_384  # values of an ENUM that each group of rows may repeat
_MANY = " "  # in the place of a join: more values than that


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

    An ENUM is written with all its values, used or not. So it becomes one of those values alone that stand in these rows: nothing of a
    row that was set aside, forgotten or filed under another month may be found in the bytes.
    """
    names = [name for (name, *_) in connection.execute(f"DESCRIBE {rows}").fetchall()]
    narrow = enums_of(rows, connection)
    written = {name: _narrowed(name, rows, connection) if name in narrow else (f"r.{quoted(name)}", "") for name in names}
    # a column of one value alone orders nothing; one of many is a text again only when it is in order
    ranks = {column.name: not column.pseudonym for column in table.columns} | {table.month: 0.5}
    varied = [name for name, (value, _) in written.items() if not value.startswith("'")]
    order = ", ".join(quoted(name) for name in sorted(varied, key=ranks.__getitem__))
    listed = ", ".join(f"{value} AS {quoted(name)}" for name, (value, _) in written.items())
    ordered = f"SELECT {listed} FROM {rows} AS r {' '.join(join for _, join in written.values())} ORDER BY {order or 'ALL'}"
    texts = ", ".join(f"CAST({quoted(n)} AS VARCHAR) AS {quoted(n)}" for n, (_, join) in written.items() if join == _MANY)
    return f"SELECT * REPLACE ({texts}) FROM ({ordered})" if texts else ordered


def _narrowed(name: str, rows: str, connection: duckdb.DuckDBPyConnection) -> tuple[str, str]:
    """What is written of an ENUM column, with no value that is not used, and the join that it needs."""
    column, used, narrowed = quoted(name), quoted(f"used {name}"), quoted(f"narrowed {name}")
    some = f"(FROM {rows} LIMIT 1)" if name in ("source", "evidence") else rows  # the same in all rows of a file
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {used} AS SELECT {column} AS old, COUNT(*) AS row_count FROM {some} GROUP BY ALL")
    tally = f"SELECT COUNT(old), COUNT(*), ANY_VALUE(CAST(old AS VARCHAR)), LEN(ENUM_RANGE(ANY_VALUE(old))) FROM {used}"
    values, groups, one, known = connection.execute(tally).fetchall()[0]
    if values == groups == 1:
        return f"{literal(one)}::ENUM ({literal(one)})", ""
    if not 0 < values <= FEW:
        return f"r.{column}", _MANY
    if values == known:
        return f"r.{column}", ""
    enum = f"ENUM ({', '.join(literal(value) for (value,) in connection.execute(_in_order(used)).fetchall())})"
    new = f"SELECT old, CAST(CAST(old AS VARCHAR) AS {enum}) AS new FROM {used} WHERE old IS NOT NULL"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {narrowed} AS {new}")
    return f"{narrowed}.new", f"LEFT JOIN {narrowed} ON {narrowed}.old = r.{column}"


def _in_order(used: str) -> str:
    return f"SELECT CAST(old AS VARCHAR) AS value FROM {used} WHERE old IS NOT NULL ORDER BY value"


def _copy(rows: str, target: Path, connection: duckdb.DuckDBPyConnection) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(f"COPY ({rows}) TO {literal(str(target))} (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)")


def _text(query: str, connection: duckdb.DuckDBPyConnection) -> str:
    return connection.execute(query).fetchall()[0][0] or ""
