"""A raw file as a DuckDB relation: one row per record, every value as text, numbered, with nothing lost.

Two tables come out: `records` (every record of the file that could be split, as read) and `raw` (a view of it under the names of a
source, exact duplicates left out), which the source's SELECT reads.
"""

import csv
from dataclasses import dataclass

import duckdb

from analysis.errors import UserError
from analysis.raw_files import RawFile
from analysis.sources import Source

_NOT_JSON = "not valid JSON"


@dataclass(frozen=True)
class Unsplit:
    """A record that could not be split into columns: its ordinal in the file (a CSV header is 1) and why."""

    ordinal: int
    reason: str


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def read_records(file: RawFile, source: Source, connection: duckdb.DuckDBPyConnection) -> list[Unsplit]:
    """Fills `records` and `raw` from the file and returns the records that could not be split."""
    if file.form == "csv":
        unsplit = _read_csv(file, connection)
        columns = {source.canonical_name(name): quoted(f"c{i}") for i, name in enumerate(file.columns)}
        whole = ", ".join(quoted(f"c{i}") for i in range(len(file.columns)))
    else:
        unsplit = _read_json(file, source, connection)
        columns = {name: _json_field(name, source) for name in source.takes}
        whole = "record_json, element_json"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE firsts AS SELECT MIN(record) AS record FROM records GROUP BY {whole}")
    named = ", ".join(f"NULLIF(TRIM({columns.get(name, 'NULL')}), '') AS {quoted(name)}" for name in source.takes)
    connection.execute(f"CREATE OR REPLACE TEMP VIEW raw AS SELECT record, {named} FROM records SEMI JOIN firsts USING (record)")
    return unsplit


def _read_csv(file: RawFile, connection: duckdb.DuckDBPyConnection) -> list[Unsplit]:
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(file.columns)))
    options = f"delim = {literal(file.delimiter)}, columns = {{{columns}}}, header = true, quote = '\"', escape = '\"'"
    faults = "ignore_errors = true, store_rejects = true, rejects_limit = 0, null_padding = false, auto_detect = false"
    for table in ("reject_errors", "reject_scans"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    scan = f"SELECT ROW_NUMBER() OVER () AS record, * FROM read_csv({literal(str(file.path))}, {options}, {faults})"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE records AS {scan}")
    errors = "SELECT line, MIN(error_message), MIN(error_type) FROM reject_errors GROUP BY line ORDER BY line"
    return [Unsplit(line, _csv_reason(kind, len(file.columns))) for line, _, kind in connection.execute(errors).fetchall()]


def _csv_reason(kind: str, expected: int) -> str:
    reasons = {
        "MISSING COLUMNS": f"fewer than the {expected} columns of the header",
        "TOO MANY COLUMNS": f"more than the {expected} columns of the header",
        "UNQUOTED VALUE": "a quotation mark that is not closed",
        "LINE SIZE OVER MAXIMUM": "a line that is too long",
    }
    return reasons.get(str(kind), "cannot be split into columns")


def _read_json(file: RawFile, source: Source, connection: duckdb.DuckDBPyConnection) -> list[Unsplit]:
    records = records_of(json_documents(file, connection), source.records)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE whole AS SELECT ROW_NUMBER() OVER () AS ordinal, record_json FROM ({records})")
    elements = f"json_extract(record_json, {literal('$.' + quoted(source.explode) + '[*]')})" if source.explode else "[NULL::JSON]"
    unnested = f"SELECT ordinal, record_json, UNNEST({elements}) AS element_json FROM whole WHERE record_json IS NOT NULL"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE records AS SELECT ROW_NUMBER() OVER () AS record, * FROM ({unnested})")
    broken = connection.execute("SELECT ordinal FROM whole WHERE record_json IS NULL ORDER BY ordinal").fetchall()
    return [Unsplit(ordinal, _NOT_JSON) for (ordinal,) in broken]


def json_documents(file: RawFile, connection: duckdb.DuckDBPyConnection) -> str:
    """A query that gives the file's JSON values in its column `json`: lines, elements of the array, or the one document.

    Raises UserError where an array or document stops before its end. A bad line of NDJSON comes as NULL.
    """
    form = {"ndjson": "newline_delimited", "array": "array", "document": "unstructured"}[file.form]
    size = max(1 << 24, 2 * file.path.stat().st_size)
    ignore = ", ignore_errors = true" if file.form == "ndjson" else ""
    query = f"SELECT json FROM read_json_objects({literal(str(file.path))}, format = '{form}', maximum_object_size = {size}{ignore})"
    if file.form != "ndjson":
        try:
            connection.execute(f"SELECT COUNT(*) FROM ({query})").fetchall()
        except duckdb.Error:
            raise UserError(f"{file.name}: the JSON is damaged or stops before its end. Export or copy it again.") from None
    return query


def records_of(documents: str, place: str) -> str:
    """A query that gives the records in its column `record_json`: the values themselves, or the list that each holds at `place`."""
    if not place:
        return f"SELECT json AS record_json FROM ({documents})"
    path = literal(f"$.{quoted(place)}")
    inner = f"CASE WHEN json_type(json, {path}) = 'ARRAY' THEN json_extract(json, {literal(f'$.{quoted(place)}[*]')}) ELSE [json] END"
    return f"SELECT UNNEST({inner}) AS record_json FROM ({documents})"


def _json_field(name: str, source: Source) -> str:
    prefix = f"{source.explode}."
    if source.explode and name.startswith(prefix):
        return f"json_extract_string(element_json, {literal('$.' + quoted(name.removeprefix(prefix)))})"
    return f"json_extract_string(record_json, {literal('$.' + quoted(name))})"


def physical_lines(file: RawFile, unsplit: list[Unsplit], records: list[int], connection: duckdb.DuckDBPyConnection) -> dict[int, int]:
    """The line of the file on which each of the `records` starts; for the elements of one JSON document, their ordinal.

    CSV cells may hold line breaks, so only a second, slow reading of the file knows; it is made for faulty records alone.
    """
    if not records:
        return {}
    if file.form != "csv":
        rows = connection.execute("SELECT record, ordinal FROM records WHERE record IN (SELECT UNNEST(?::BIGINT[]))", [records]).fetchall()
        return dict(rows)
    starts = _csv_starts(file)
    skipped = {u.ordinal for u in unsplit}
    good = [start for ordinal, start in enumerate(starts, 1) if ordinal > 1 and ordinal not in skipped and start]
    return {record: good[record - 1] if record <= len(good) else record + 1 for record in records}


def unsplit_lines(file: RawFile, unsplit: list[Unsplit]) -> dict[int, int]:
    """The line on which each record that could not be split starts, by its ordinal."""
    if not unsplit or file.form != "csv":
        return {u.ordinal: u.ordinal for u in unsplit}
    starts = _csv_starts(file)
    return {u.ordinal: starts[u.ordinal - 1] if u.ordinal <= len(starts) and starts[u.ordinal - 1] else u.ordinal for u in unsplit}


def _csv_starts(file: RawFile) -> list[int]:
    """The first line of each record, header and blank lines included; a blank line counts 0."""
    starts, line = [], 1
    with file.path.open(encoding="utf-8-sig", newline="") as text:
        rows = csv.reader(text, delimiter=file.delimiter)
        for row in rows:
            starts.append(line if row else 0)
            line = rows.line_num + 1
    return starts
