"""The records of JSON documents: the documents themselves, the list that each holds at a known place, or the elements of lists in them."""

import duckdb

from analysis.engine import literal, quoted
from analysis.errors import UserError
from analysis.reading.batches import count_rows, insert_parts
from analysis.reading.raw_files import RawFile
from analysis.reading.splitting import NOT_JSON, Unsplit, split_ndjson
from analysis.sources import Source

_OBJECT_BYTES = 1 << 24
_LEVELS = ("record_json", "element_json", "inner_json")  # a record, an element of its list, an element of a list in that


def read_documents(file: RawFile, connection: duckdb.DuckDBPyConnection) -> None:
    """Fills `documents` (record, line, json) with the file's JSON values: lines, elements of the array, or the one document.

    A bad line of NDJSON comes as NULL. The line of an array's element is its place in the array. Raises UserError where an array
    or a document stops before its end.
    """
    if _read_at_once(file, connection):
        return
    if file.form != "ndjson":
        raise UserError(f"{file.name}: the JSON is damaged or stops before its end. Export or copy it again.")
    connection.execute("CREATE OR REPLACE TEMP TABLE texts (record BIGINT, line BIGINT, text VARCHAR)")
    unsplit = insert_parts(split_ndjson(file), "texts", ["text"], connection)
    # the engine has the last word on what is JSON
    values = "SELECT record, line, TRY_CAST(text AS JSON) AS json FROM texts ORDER BY record"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE documents AS {values}")
    connection.execute("DROP TABLE texts")
    connection.executemany("INSERT INTO documents VALUES (NULL, ?, NULL)", [(u.line,) for u in unsplit]) if unsplit else None


def _read_at_once(file: RawFile, connection: duckdb.DuckDBPyConnection) -> bool:
    form = {"ndjson": "newline_delimited", "array": "array", "document": "unstructured"}[file.form]
    size = max(_OBJECT_BYTES, 2 * file.path.stat().st_size) if file.form == "document" else max(_OBJECT_BYTES, 2 * file.first_line_bytes)
    objects = f"read_json_objects({literal(str(file.path))}, format = '{form}', maximum_object_size = {size})"
    try:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE in_order AS SELECT json FROM {objects}")
    except duckdb.Error:
        return False
    if file.form == "ndjson" and file.lines != count_rows("in_order", connection):
        return False
    # numbered as they are read, they would go through one thread alone
    connection.execute("CREATE OR REPLACE TEMP VIEW documents AS SELECT rowid + 1 AS record, record AS line, json FROM in_order")
    return True


def read_json_records(source: Source, connection: duckdb.DuckDBPyConnection) -> list[Unsplit]:
    """Fills `records` (record, line, and the JSON of each level) from `documents` and returns the documents that are none."""
    if not source.records and not source.explode:
        plain = "SELECT record, line, json AS record_json FROM documents WHERE json IS NOT NULL"
        connection.execute("DROP TABLE IF EXISTS records")
        connection.execute(f"CREATE OR REPLACE TEMP VIEW records AS {plain}")
    else:
        rows, outer = records_of(source.records), ["record_json"]
        for step, level in zip(source.explode.split(".") if source.explode else [], _LEVELS[1:], strict=False):
            rows = f"SELECT line, {', '.join(outer)}, UNNEST({_elements(step, outer[-1])}) AS {level} FROM ({rows})"
            outer.append(level)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE records AS SELECT ROW_NUMBER() OVER () AS record, * FROM ({rows})")
    broken = connection.execute("SELECT line FROM documents WHERE json IS NULL ORDER BY line").fetchall()
    return [Unsplit(line, NOT_JSON) for (line,) in broken]


def _elements(step: str, outer: str) -> str:
    """The rows that one record becomes: one per element of its list, none where the list is empty or absent, one where it is no list."""
    path = json_path(step)
    kind = f"json_type({outer}, {literal(path)})"
    is_without = f"json_type({outer}) = 'OBJECT' AND COALESCE({kind}, 'NULL') = 'NULL'"
    listed = f"json_extract({outer}, {literal(path + '[*]')})"
    return f"CASE WHEN {kind} = 'ARRAY' THEN {listed} WHEN {is_without} THEN []::JSON[] ELSE [NULL::JSON] END"


def records_of(place: str) -> str:
    """A query that gives `line` and `record_json` of each record: the documents themselves, or the list that each holds at `place`."""
    if not place:
        return "SELECT line, json AS record_json FROM documents WHERE json IS NOT NULL"
    path = json_path(place)
    inner = f"CASE WHEN json_type(json, {literal(path)}) = 'ARRAY' THEN json_extract(json, {literal(path + '[*]')}) ELSE [json] END"
    # the ordinal of a record within its document stands in for a line
    listed = f"SELECT line, UNNEST({inner}) AS record_json, GENERATE_SUBSCRIPTS({inner}, 1) AS place FROM documents WHERE json IS NOT NULL"
    return f"SELECT IF((SELECT COUNT(*) FROM documents) = 1, place, line) AS line, record_json FROM ({listed})"


def json_path(place: str) -> str:
    """The engine's path to a place such as `response.devices`."""
    return "$." + ".".join(quoted(step) for step in place.split("."))


def levels_of(source: Source) -> tuple[str, ...]:
    """The columns of `records` that hold the JSON of a source, the outermost first."""
    return _LEVELS[: 1 + len(source.explode.split("."))] if source.explode else _LEVELS[:1]


def json_fields(source: Source) -> tuple[dict[str, str], str]:
    """The SQL of each field of a source, and the relation (record, lists of texts) that it is taken from.

    A field is `list.field` of an element of the record's list, or `field` of the record. All fields of a level are looked up at once:
    one by one, each would have the text of its record read anew.
    """
    fields: dict[str, str] = {}
    paths: dict[str, list[str]] = {level: [] for level in levels_of(source)}
    for name in source.takes:
        level, field = _placed(name, source)
        paths[level].append(literal("$." + quoted(field)))
        fields[name] = f"{quoted('texts of ' + level)}[{len(paths[level])}]"
    lists = "".join(
        f", json_extract_string({level}, [{', '.join(found)}]) AS {quoted('texts of ' + level)}" for level, found in paths.items() if found
    )
    return fields, f"(SELECT record{lists} FROM records)"


def _placed(name: str, source: Source) -> tuple[str, str]:
    """The level of a field, and its name there."""
    steps = source.explode.split(".") if source.explode else []
    for depth in range(len(steps), 0, -1):
        prefix = ".".join(steps[:depth]) + "."
        if name.startswith(prefix):
            return _LEVELS[depth], name.removeprefix(prefix)
    return _LEVELS[0], name
