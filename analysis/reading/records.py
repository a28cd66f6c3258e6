"""A raw file as a DuckDB relation: one row per record, every value as text, with its line, and with nothing lost.

Three relations come out, in this order: `documents` (JSON and XML only: the values of the file, NULL where one is broken), `records`
(every record that could be split, as read) and `raw` (a view of it under the names of a source, exact duplicates left out), which the
source's SELECT reads.
"""

import duckdb

from analysis.engine import quoted
from analysis.reading.csv_records import melt, read_csv_records
from analysis.reading.json_records import json_field, levels_of, read_json_records
from analysis.reading.line_records import read_line_records
from analysis.reading.raw_files import RawFile
from analysis.reading.splitting import Unsplit
from analysis.sources import Source

_BLANKS = "' \t\r\n\u00a0'"


def read_records(file: RawFile, source: Source, connection: duckdb.DuckDBPyConnection) -> list[Unsplit]:
    """Fills `records` and `raw` from the file and returns the records that could not be split.

    The `documents` of a JSON or XML file must stand in the connection already: recognising it made them.
    """
    if source.line:
        unsplit = read_line_records(file, source.line, connection)
        columns = {name: quoted(name) for name in source.takes}
        whole = "text"
    elif file.form == "csv":
        unsplit = read_csv_records(file, connection)
        cells = melt(file, source, connection) if source.melts else {}
        columns = {source.canonical_name(name): quoted(f"c{i}") for i, name in enumerate(file.columns)} | cells
        whole = ", ".join([*(quoted(f"c{i}") for i in range(len(file.columns)) if not source.is_melted(file.columns[i])), *cells.values()])
    else:
        unsplit = read_json_records(source, connection)
        columns = {name: json_field(name, source) for name in source.takes}
        whole = ", ".join(levels_of(source))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE firsts AS SELECT MIN(record) AS record FROM records GROUP BY {whole}")
    named = ", ".join(f"NULLIF(TRIM({columns.get(name, 'NULL')}, {_BLANKS}), '') AS {quoted(name)}" for name in source.takes)
    connection.execute(f"CREATE OR REPLACE TEMP VIEW raw AS SELECT record, {named} FROM records SEMI JOIN firsts USING (record)")
    return unsplit


def lines_of(records: list[int], connection: duckdb.DuckDBPyConnection) -> dict[int, int]:
    """The line on which each of the `records` starts; for the elements of a JSON array, their place in it."""
    query = "SELECT record, line FROM records WHERE record IN (SELECT UNNEST(?::BIGINT[]))"
    return dict(connection.execute(query, [records]).fetchall())
