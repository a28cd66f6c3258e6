"""Rows that Python split, handed to the engine in batches."""

from collections.abc import Iterator
from itertools import islice

import duckdb
import polars as pl

from analysis.reading.splitting import Split, Unsplit

_BATCH = 50_000


def insert_parts(parts: Iterator[Split | Unsplit], table: str, cells: list[str], connection: duckdb.DuckDBPyConnection) -> list[Unsplit]:
    """Appends what was split to the table (record, line, then `cells` as text) and returns what was not."""
    unsplit: list[Unsplit] = []
    record = 0
    while batch := list(islice(parts, _BATCH)):
        unsplit += [part for part in batch if isinstance(part, Unsplit)]
        rows = [part for part in batch if isinstance(part, Split)]
        columns = zip(*(part.cells for part in rows), strict=True) if rows else ([] for _ in cells)
        schema = {"line": pl.Int64, **dict.fromkeys(cells, pl.String)}
        frame = pl.DataFrame([[part.line for part in rows], *map(list, columns)], schema=schema)
        connection.register("batch", frame.with_row_index("record", offset=record + 1))
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM batch")
        connection.unregister("batch")
        record += len(rows)
    return unsplit


def count_rows(table: str, connection: duckdb.DuckDBPyConnection) -> int:
    """How many rows a table or view has."""
    return connection.execute(f"SELECT COUNT(*) FROM {table}").fetchall()[0][0]
