"""Before a file's rows are taken: nobody may stand in it in clear where its source does not say so."""

import duckdb

from analysis.engine import literal, quoted
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

    The tables `records` and `canonical` must stand.
    """
    for name, expression in _undeclared(file, source, connection):
        if suspicious_name(name):
            raise UserError(_refusal(file, name, "its name says that it holds a direct identifier"))
        kind = identifiers_in(_candidates(expression, "records", connection))
        if kind or look_like_person_names(_distinct(expression, "records", connection)):
            raise UserError(_refusal(file, name, f"it holds {kind or 'names of persons'}"))
    for column in source.table.columns:
        kind = identifiers_in(_candidates(quoted(column.name), "canonical", connection)) if column.is_free_text else None
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
    keys = connection.execute("SELECT DISTINCT UNNEST(keys) FROM (SELECT DISTINCT json_keys(record_json) AS keys FROM records)").fetchall()
    return [(name, _pointer(key)) for (key,) in sorted(keys) if (name := source.canonical_name(key)) not in declared]


def _pointer(key: str) -> str:
    """The SQL of a field of the record whatever it is called: in a path of the engine, a name such as `"` or `*` means something."""
    return f"json_extract_string(record_json, {literal('/' + key.replace('~', '~0').replace('/', '~1'))})"


def _candidates(expression: str, table: str, connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The distinct values of a column that may hold a direct identifier, all of them: the gate has no sample."""
    # in a query of its own: a column of the table may be called `value`
    query = f"SELECT DISTINCT value FROM (SELECT {expression} AS value FROM {table}) WHERE regexp_matches(value, {literal(MAY_HOLD_ONE)})"
    return [value for (value,) in connection.execute(query).fetchall()]


def _distinct(expression: str, table: str, connection: duckdb.DuckDBPyConnection) -> list[str]:
    query = f"SELECT DISTINCT value FROM (SELECT {expression} AS value FROM {table}) WHERE value IS NOT NULL LIMIT {_SAMPLE}"
    return [value for (value,) in connection.execute(query).fetchall()]
