"""The records of a CSV file: by the engine when it agrees that every line is one, else split with care."""

import duckdb

from analysis.engine import literal, quoted
from analysis.reading.batches import count_rows, insert_parts
from analysis.reading.raw_files import RawFile
from analysis.reading.splitting import Unsplit, split_csv
from analysis.sources import MELTED_NAME, MELTED_VALUE, Source


def view_csv_records(file: RawFile, connection: duckdb.DuckDBPyConnection) -> None:
    """Makes `records` (record, line, c0, c1, ... as text) a view of the file itself, read again by each query.

    It may be relied on only where the engine finds as many records as the file has lines: then no line was lost, merged or cut.
    Whoever reads it has to compare. Each scan checks the form of every line, also in columns that it does not take.
    """
    connection.execute(f"CREATE OR REPLACE TEMP VIEW records AS {_scan(file)}")


def read_csv_records(file: RawFile, connection: duckdb.DuckDBPyConnection) -> list[Unsplit]:
    """Fills `records` (record, line, c0, c1, ... as text) and returns the records that could not be split."""
    connection.execute("DROP VIEW IF EXISTS records")
    if _read_at_once(file, connection):
        return []
    cells = [f"c{i}" for i in range(len(file.columns))]
    columns = ", ".join(f"{quoted(c)} VARCHAR" for c in cells)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE records (record BIGINT, line BIGINT, {columns})")
    return insert_parts(split_csv(file), "records", cells, connection)


def _read_at_once(file: RawFile, connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the engine read the file and found as many records as lines: then no line was lost, merged or cut."""
    if file.lines is None:
        return False
    try:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE records AS {_scan(file)}")
    except duckdb.Error:
        return False
    return count_rows("records", connection) == file.lines - 1


def _scan(file: RawFile) -> str:
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(file.columns)))
    options = f"delim = {literal(file.delimiter)}, columns = {{{columns}}}, header = true, quote = '\"', escape = '\"', auto_detect = false"
    return f"SELECT ROW_NUMBER() OVER () AS record, record + 1 AS line, * FROM read_csv({literal(str(file.path))}, {options})"


def melt(file: RawFile, source: Source, connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Makes one record of each filled cell under the columns that the source `melts`; returns where their name and their value stand.

    A table with a column for each kind of visit becomes one row per kind. A cell that is empty is no record: the format leaves open
    whether nothing happened or nothing is known.
    """
    melted = [(f"c{i}", name) for i, name in enumerate(file.columns) if source.is_melted(name)]
    names = ", ".join(f"({literal(cell)}, {literal(name.strip())})" for cell, name in melted)
    cells = ", ".join(cell for cell, _ in melted)
    long = f"UNPIVOT records ON {cells} INTO NAME cell_name VALUE cell_value"
    filled = f"FROM ({long}) AS u JOIN (VALUES {names}) AS n (cell_name, melted_name) USING (cell_name) WHERE TRIM(cell_value) != ''"
    numbered = f"SELECT u.* EXCLUDE (record, cell_name), ROW_NUMBER() OVER (ORDER BY u.record, cell_name) AS record, n.melted_name {filled}"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE records AS {numbered}")
    return {MELTED_NAME: "melted_name", MELTED_VALUE: "cell_value"}
