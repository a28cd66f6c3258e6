"""A raw file as a DuckDB relation: one row per record, every value as text, with its line, and with nothing lost.

Three relations come out, in this order: `documents` (JSON only: the values of the file, NULL where one is broken), `records` (every
record that could be split, as read) and `raw` (a view of it under the names of a source, exact duplicates left out), which the
source's SELECT reads. The engine reads the whole file when it agrees that every line is one record; else it is split with care.
"""

from collections.abc import Iterator
from itertools import islice

import duckdb
import polars as pl

from analysis.engine import literal, quoted
from analysis.errors import UserError
from analysis.raw_files import RawFile, count_lines
from analysis.sources import Source
from analysis.splitting import NOT_JSON, Split, Unsplit, split_csv, split_ndjson

_BATCH = 50_000
_OBJECT_BYTES = 1 << 24
_BLANKS = "' \t\r\n\u00a0'"


def read_records(file: RawFile, source: Source, connection: duckdb.DuckDBPyConnection) -> list[Unsplit]:
    """Fills `records` and `raw` from the file and returns the records that could not be split.

    The `documents` of a JSON file must stand in the connection already: recognising it made them.
    """
    if file.form == "csv":
        unsplit = _read_csv(file, connection)
        columns = {source.canonical_name(name): quoted(f"c{i}") for i, name in enumerate(file.columns)}
        whole = ", ".join(quoted(f"c{i}") for i in range(len(file.columns)))
    else:
        unsplit = _read_json(source, connection)
        columns = {name: _json_field(name, source) for name in source.takes}
        whole = "record_json, element_json"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE firsts AS SELECT MIN(record) AS record FROM records GROUP BY {whole}")
    named = ", ".join(f"NULLIF(TRIM({columns.get(name, 'NULL')}, {_BLANKS}), '') AS {quoted(name)}" for name in source.takes)
    connection.execute(f"CREATE OR REPLACE TEMP VIEW raw AS SELECT record, {named} FROM records SEMI JOIN firsts USING (record)")
    return unsplit


def _read_csv(file: RawFile, connection: duckdb.DuckDBPyConnection) -> list[Unsplit]:
    if _read_csv_at_once(file, connection):
        return []
    cells = [f"c{i}" for i in range(len(file.columns))]
    columns = ", ".join(f"{quoted(c)} VARCHAR" for c in cells)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE records (record BIGINT, line BIGINT, {columns})")
    return _insert(split_csv(file), "records", cells, connection)


def _read_csv_at_once(file: RawFile, connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the engine read the file and found as many records as lines: then no line was lost, merged or cut."""
    lines = count_lines(file.path)
    if lines is None:
        return False
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(file.columns)))
    options = f"delim = {literal(file.delimiter)}, columns = {{{columns}}}, header = true, quote = '\"', escape = '\"', auto_detect = false"
    scan = f"SELECT ROW_NUMBER() OVER () AS record, record + 1 AS line, * FROM read_csv({literal(str(file.path))}, {options})"
    try:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE records AS {scan}")
    except duckdb.Error:
        return False
    return _count("records", connection) == lines - 1


def _insert(parts: Iterator[Split | Unsplit], table: str, cells: list[str], connection: duckdb.DuckDBPyConnection) -> list[Unsplit]:
    """Appends what was split to the table (record, line, cells) and returns what was not."""
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


def read_documents(file: RawFile, connection: duckdb.DuckDBPyConnection) -> None:
    """Fills `documents` (record, line, json) with the file's JSON values: lines, elements of the array, or the one document.

    A bad line of NDJSON comes as NULL. The line of an array's element is its place in the array. Raises UserError where an array
    or a document stops before its end.
    """
    if _read_json_at_once(file, connection):
        return
    if file.form != "ndjson":
        raise UserError(f"{file.name}: the JSON is damaged or stops before its end. Export or copy it again.")
    connection.execute("CREATE OR REPLACE TEMP TABLE texts (record BIGINT, line BIGINT, text VARCHAR)")
    unsplit = _insert(split_ndjson(file), "texts", ["text"], connection)
    # the engine has the last word on what is JSON
    values = "SELECT record, line, TRY_CAST(text AS JSON) AS json FROM texts ORDER BY record"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE documents AS {values}")
    connection.execute("DROP TABLE texts")
    connection.executemany("INSERT INTO documents VALUES (NULL, ?, NULL)", [(u.line,) for u in unsplit]) if unsplit else None


def _read_json_at_once(file: RawFile, connection: duckdb.DuckDBPyConnection) -> bool:
    form = {"ndjson": "newline_delimited", "array": "array", "document": "unstructured"}[file.form]
    size = max(_OBJECT_BYTES, 2 * file.path.stat().st_size) if file.form == "document" else max(_OBJECT_BYTES, 2 * file.first_line_bytes)
    objects = f"read_json_objects({literal(str(file.path))}, format = '{form}', maximum_object_size = {size})"
    try:
        query = f"SELECT ROW_NUMBER() OVER () AS record, record AS line, json FROM {objects}"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE documents AS {query}")
    except duckdb.Error:
        return False
    return file.form != "ndjson" or count_lines(file.path) == _count("documents", connection)


def _read_json(source: Source, connection: duckdb.DuckDBPyConnection) -> list[Unsplit]:
    if not source.records and not source.explode:
        plain = "SELECT record, line, json AS record_json, NULL::JSON AS element_json FROM documents WHERE json IS NOT NULL"
        connection.execute("DROP TABLE IF EXISTS records")
        connection.execute(f"CREATE OR REPLACE TEMP VIEW records AS {plain}")
    else:
        elements = f"SELECT line, record_json, UNNEST({_elements(source)}) AS element_json FROM ({records_of(source.records)})"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE records AS SELECT ROW_NUMBER() OVER () AS record, * FROM ({elements})")
    broken = connection.execute("SELECT line FROM documents WHERE json IS NULL ORDER BY line").fetchall()
    return [Unsplit(line, NOT_JSON) for (line,) in broken]


def _elements(source: Source) -> str:
    """The rows that one record becomes: one per element of its list, none where the list is empty or absent, one where it is no list."""
    if not source.explode:
        return "[NULL::JSON]"
    path = "$." + quoted(source.explode)
    kind = f"json_type(record_json, {literal(path)})"
    is_without = f"json_type(record_json) = 'OBJECT' AND COALESCE({kind}, 'NULL') = 'NULL'"
    listed = f"json_extract(record_json, {literal(path + '[*]')})"
    return f"CASE WHEN {kind} = 'ARRAY' THEN {listed} WHEN {is_without} THEN []::JSON[] ELSE [NULL::JSON] END"


def records_of(place: str) -> str:
    """A query that gives `line` and `record_json` of each record: the documents themselves, or the list that each holds at `place`."""
    if not place:
        return "SELECT line, json AS record_json FROM documents WHERE json IS NOT NULL"
    path = literal(f"$.{quoted(place)}")
    inner = f"CASE WHEN json_type(json, {path}) = 'ARRAY' THEN json_extract(json, {literal(f'$.{quoted(place)}[*]')}) ELSE [json] END"
    # the ordinal of a record within its document stands in for a line
    listed = f"SELECT line, UNNEST({inner}) AS record_json, GENERATE_SUBSCRIPTS({inner}, 1) AS place FROM documents WHERE json IS NOT NULL"
    return f"SELECT IF((SELECT COUNT(*) FROM documents) = 1, place, line) AS line, record_json FROM ({listed})"


def _json_field(name: str, source: Source) -> str:
    prefix = f"{source.explode}."
    if source.explode and name.startswith(prefix):
        return f"json_extract_string(element_json, {literal('$.' + quoted(name.removeprefix(prefix)))})"
    return f"json_extract_string(record_json, {literal('$.' + quoted(name))})"


def lines_of(records: list[int], connection: duckdb.DuckDBPyConnection) -> dict[int, int]:
    """The line on which each of the `records` starts; for the elements of a JSON array, their place in it."""
    query = "SELECT record, line FROM records WHERE record IN (SELECT UNNEST(?::BIGINT[]))"
    return dict(connection.execute(query, [records]).fetchall())


def _count(table: str, connection: duckdb.DuckDBPyConnection) -> int:
    return connection.execute(f"SELECT COUNT(*) FROM {table}").fetchall()[0][0]
