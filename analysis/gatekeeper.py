"""Before a file's rows are taken: nobody may stand in it in clear where its source does not say so."""

import duckdb

from analysis.engine import enums_of, literal, quoted
from analysis.errors import UserError
from analysis.reading.identifier_gate import MAY_HOLD_ONE, identifiers_in, look_like_person_names, suspicious_name
from analysis.reading.raw_files import RawFile
from analysis.sources import Source

_SAMPLE = 10_000  # distinct values of a column that are looked at for names of persons


def refuse_repeated_columns(file: RawFile, source: Source) -> None:
    """Raises UserError where a column that the source reads stands in the header twice."""
    names = [source.canonical_name(column) for column in file.columns]
    repeated = sorted({name for name in names if names.count(name) > 1 and name in source.takes})
    if repeated:
        raise UserError(
            f"{file.name}: the column {repeated[0]} stands there twice, and which one counts cannot be known. Rename or remove one."
        )


def refuse_identifiers(file: RawFile, source: Source, connection: duckdb.DuckDBPyConnection) -> None:
    """Raises UserError for a column that its source does not declare and that holds a direct identifier, or a kept text that does.

    `records`, `canonical` and its `survey` must stand.
    """
    undeclared = _undeclared(file, source, connection)
    _list_values([expression for name, expression in undeclared if not suspicious_name(name)], connection)
    for name, expression in undeclared:
        if suspicious_name(name):
            raise UserError(_refusal(file, name, "its name says that it holds a direct identifier"))
        kind = identifiers_in(_candidates(quoted(expression), "undeclared", connection))
        if kind or look_like_person_names(_distinct(quoted(expression), "undeclared", connection)):
            raise UserError(_refusal(file, name, f"it holds {kind or 'names of persons'}"))
    few = enums_of("canonical", connection)
    for column in source.table.columns:
        # the values of an ENUM stand in the survey that it was made from
        table = "survey" if column.name in few else "canonical"
        is_written = column.is_free_text and column.name != "source"
        kind = identifiers_in(_candidates(quoted(column.name), table, connection)) if is_written else None
        if kind:
            raise UserError(_refusal(file, source.raw_column(column.name) or column.name, f"it holds {kind}"))


def _refusal(file: RawFile, column: str, why: str) -> str:
    # where a line of values stands for a header, the name of a column is a value
    shown = column if identifiers_in([column]) is None else "(not shown)"
    return f"{file.name}, column {shown}: {why}, and nothing of this file was kept. Export it without that column, or remove the column."


def _undeclared(file: RawFile, source: Source, connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Name and SQL expression of each column of the file that the source neither takes nor drops."""
    declared = {*source.takes, *source.drops, source.explode.split(".")[0]} - {""}  # a column without a name is nobody's
    if source.line:
        return []  # the pattern of a line has no room for more than it names
    if file.form == "csv":
        columns = [(i, column) for i, column in enumerate(file.columns) if not source.is_melted(column)]
        return [(name, quoted(f"c{i}")) for i, column in columns if (name := source.canonical_name(column)) not in declared]
    keys = connection.execute("SELECT DISTINCT key FROM (SELECT UNNEST(json_keys(record_json)) AS key FROM records)").fetchall()
    return [(name, _pointer(key)) for (key,) in sorted(keys) if (name := source.canonical_name(key)) not in declared]


def _pointer(key: str) -> str:
    """The SQL of a field of the record whatever it is called: in a path of the engine, a name such as `"` or `*` means something."""
    return f"json_extract_string(record_json, {literal('/' + key.replace('~', '~0').replace('/', '~1'))})"


def _list_values(expressions: list[str], connection: duckdb.DuckDBPyConnection) -> None:
    """Fills `undeclared` with the different values of each expression over `records`, one column each: one pass for all of them."""
    columns = list(dict.fromkeys(expressions))
    named = ", ".join(f"{expression} AS {quoted(expression)}" for expression in columns)
    sets = ", ".join(f"({quoted(expression)})" for expression in columns)
    values = f"SELECT {', '.join(map(quoted, columns))} FROM (SELECT {named} FROM records) GROUP BY GROUPING SETS ({sets})"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE undeclared AS {values}") if columns else None


def _candidates(column: str, table: str, connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The distinct values of a column that may hold a direct identifier, all of them: the gate has no sample."""
    # each value is looked at once: without the word, the engine would look before it gathers them; the inner query, because a column of the
    # table may be called `value`
    values = f"WITH listed AS MATERIALIZED (SELECT DISTINCT value FROM (SELECT {column} AS value FROM {table}))"
    query = f"{values} SELECT value FROM listed WHERE regexp_matches(value, {literal(MAY_HOLD_ONE)})"
    return [value for (value,) in connection.execute(query).fetchall()]


def _distinct(column: str, table: str, connection: duckdb.DuckDBPyConnection) -> list[str]:
    query = f"SELECT DISTINCT value FROM (SELECT {column} AS value FROM {table}) WHERE value IS NOT NULL LIMIT {_SAMPLE}"
    return [value for (value,) in connection.execute(query).fetchall()]
