"""A raw file as a DuckDB relation: one row per record, every value as text, with its line, and with nothing lost.

Three relations come out, in this order: `documents` (JSON and XML only: the values of the file, NULL where one is broken), `records`
(every record that could be split, as read) and `raw` (a view of it under the names of a source), which the source's SELECT reads. A
fourth, `as_written`, has of each record what makes it a duplicate of another.
"""

from dataclasses import dataclass

import duckdb

from analysis.duplicates import leave_duplicates_out
from analysis.engine import literal, quoted
from analysis.reading.batches import count_rows
from analysis.reading.csv_records import melt, read_csv_records, view_csv_records
from analysis.reading.json_records import json_fields, levels_of, read_json_records
from analysis.reading.line_records import read_line_records
from analysis.reading.raw_files import RawFile
from analysis.reading.splitting import Unsplit
from analysis.sources import Source

_BLANKS = "' \t\r\n\u00a0'"


@dataclass(frozen=True)
class Records:
    """How many records there are, those that could not be split, which columns the file lacks, and whether each query reads it anew."""

    count: int
    unsplit: list[Unsplit]
    absent: frozenset[str]
    is_view: bool = False


def view_records(file: RawFile, source: Source, connection: duckdb.DuckDBPyConnection) -> Records | None:
    """Makes `records` and `raw` views of the file where the engine may be able to split it; None where it is known not to be.

    Its count is that of the lines: the reader has to compare it with what the engine finds.
    """
    if file.form != "csv" or source.line or source.melts or file.lines is None:
        return None
    view_csv_records(file, connection)
    absent = _view_raw(_cells(file, source), _whole(file), (file.has_blanks, file.has_quotes), source, connection)
    return Records(file.lines - 1, [], absent, is_view=True)


def read_records(file: RawFile, source: Source, is_plain: bool, connection: duckdb.DuckDBPyConnection) -> Records:
    """Fills `records` from the file, and makes `raw` of it: with its duplicates where `is_plain`, else without.

    The `documents` of a JSON or XML file must stand in the connection already: recognising it made them.
    """
    relation, has_blanks = "records", True
    if source.line:
        unsplit = read_line_records(file, source.line, connection)
        columns, whole = {name: quoted(name) for name in source.takes}, "text"
    elif file.form == "csv":
        unsplit = read_csv_records(file, connection)
        cells = melt(file, source, connection) if source.melts else {}
        columns = _cells(file, source) | cells
        whole = ", ".join([*(quoted(f"c{i}") for i in range(len(file.columns)) if not source.is_melted(file.columns[i])), *cells.values()])
    else:
        unsplit = read_json_records(source, connection)
        (columns, relation), whole = json_fields(source), ", ".join(levels_of(source))
        has_blanks = file.form == "xml" or file.has_blanks or file.has_escapes
    absent = _view_raw(columns, whole, (has_blanks, True), source, connection, relation)
    if not is_plain:
        leave_duplicates_out(connection)
    return Records(count_rows("records", connection), unsplit, absent)


def _cells(file: RawFile, source: Source) -> dict[str, str]:
    return {source.canonical_name(name): quoted(f"c{i}") for i, name in enumerate(file.columns)}


def _whole(file: RawFile) -> str:
    return ", ".join(quoted(f"c{i}") for i in range(len(file.columns)))


def _view_raw(
    columns: dict[str, str],
    whole: str,
    untidy: tuple[bool, bool],
    source: Source,
    connection: duckdb.DuckDBPyConnection,
    relation: str = "records",
) -> frozenset[str]:
    """Makes the views `as_written` and `raw`, whose columns are taken from `relation`; returns those of the source that there are not."""
    connection.execute(f"CREATE OR REPLACE TEMP VIEW as_written AS SELECT record, {whole} FROM records")
    found = ", ".join(f"{cell} AS {quoted(name)}" for name, cell in columns.items() if name in source.takes)
    named = ", ".join(f"{_value(name, *untidy) if name in columns else 'NULL'} AS {quoted(name)}" for name in source.takes)
    connection.execute(f"CREATE OR REPLACE TEMP VIEW tidy AS SELECT record, {named} FROM (SELECT record, {found} FROM {relation})")
    connection.execute("CREATE OR REPLACE TEMP VIEW raw AS FROM tidy")
    return frozenset(source.takes) - columns.keys()


def _value(column: str, has_blanks: bool, has_empty: bool) -> str:
    """The cells without blanks around them, or NULL where nothing is left. To trim takes five times as long as to see no reason to."""
    cell = quoted(column)
    ends = ", ".join(map(literal, " \t\r\n\u00a0"))
    trimmed = (
        f"CASE WHEN {cell} < '!' OR prefix({cell}, '\u00a0') OR RIGHT({cell}, 1) IN ({ends}) THEN TRIM({cell}, {_BLANKS}) ELSE {cell} END"
    )
    value = trimmed if has_blanks else cell
    return f"NULLIF({value}, '')" if has_blanks or has_empty else value


def lines_of(records: list[int], connection: duckdb.DuckDBPyConnection) -> dict[int, int]:
    """The line on which each of the `records` starts; for the elements of a JSON array, their place in it."""
    query = "SELECT record, line FROM records WHERE record IN (SELECT UNNEST(?::BIGINT[]))"
    return dict(connection.execute(query, [records]).fetchall())
