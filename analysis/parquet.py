"""Rows of a canonical table as the lake files them: Parquet, one file per month (UTC), or one in all for a roster."""

from pathlib import Path

import duckdb

from analysis.engine import literal, quoted
from analysis.tables import Table


def write_rows(rows: str, table: Table, stem: str, folder: Path, connection: duckdb.DuckDBPyConnection) -> dict:
    """Writes the rows of the view or table `rows` below `folder`; returns what a record says of them: months, first, last."""
    if not table.month:
        _copy(f"SELECT * FROM {rows}", folder / table.name / f"{stem}.parquet", connection)
        is_dated = any(column.name == "from_date" for column in table.columns)
        return {"first": _text(f"SELECT MIN(from_date)::VARCHAR FROM {rows}", connection)} if is_dated else {}
    month = f"strftime({quoted(table.month)}, '%Y-%m')"
    months = [m for (m,) in connection.execute(f"SELECT DISTINCT {month} AS m FROM {rows} ORDER BY m").fetchall()]
    for m in months:
        ordered = f"SELECT * FROM {rows} WHERE {month} = {literal(m)} ORDER BY ALL"
        _copy(ordered, folder / table.name / f"month={m}" / f"{stem}.parquet", connection)
    first, last = (f"SELECT {bound}({quoted(table.month)})::VARCHAR FROM {rows}" for bound in ("MIN", "MAX"))
    return {"months": tuple(months), "first": _text(first, connection), "last": _text(last, connection)}


def _copy(rows: str, target: Path, connection: duckdb.DuckDBPyConnection) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(f"COPY ({rows}) TO {literal(str(target))} (FORMAT parquet, COMPRESSION zstd)")


def _text(query: str, connection: duckdb.DuckDBPyConnection) -> str:
    return connection.execute(query).fetchall()[0][0] or ""
