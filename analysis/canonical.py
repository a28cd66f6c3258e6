"""The rows of a file in the columns of its table: `raw` -> `canonical`, narrow enough for ten million of them to stand in memory.

Texts of which there are few (devices, apps, kinds of events) become ENUMs: two bytes instead of twenty or forty, which makes all that
comes after (comparing, sorting, compressing) cheap. Their values are found in a pass of their own before.
"""

import duckdb

from analysis.engine import literal, quoted
from analysis.reading.batches import count_rows
from analysis.sources import Source
from analysis.tables import Column

SAMPLE = 20_000  # rows by which a column is taken to have few values; a file with fewer rows is not worth it
_FEW = 50_000  # different texts of a column that is made an ENUM


def canonical_rows(source: Source, is_view: bool, connection: duckdb.DuckDBPyConnection) -> int:
    """Fills `canonical` with the source's rows in the columns of its table (those it does not give are NULL); returns how many there are.

    With `is_view`, the records are a view of the file that is cheaper to read twice than to keep as text, and their number is that of the
    records that the engine found.
    """
    connection.execute(f"CREATE OR REPLACE TEMP VIEW selected AS {source.sql}")
    given = {name for (name, *_) in connection.execute("DESCRIBE selected").fetchall()}
    constants = {"source": source.name, "evidence": source.evidence}
    columns = [f"{_cast(c, constants.get(c.name), given)} AS {quoted(c.name)}" for c in source.table.columns]
    connection.execute("DROP VIEW IF EXISTS wide")  # what an attempt left that the engine broke off
    kind = "VIEW" if is_view else "TABLE"
    connection.execute(f"CREATE TEMP {kind} wide AS SELECT record, {', '.join(columns)} FROM selected")
    texts = [c.name for c in source.table.columns if c.name in given and c.name not in constants and _is_text(c)]
    _survey(texts, connection)
    narrow = ", ".join(_narrow(name, source, connection) for name in texts)
    # numbered as they are written, the rows would go through one thread alone: the table keeps their order, and so their numbers
    every, number = ("* EXCLUDE (record)", "rowid + 1 AS record, ") if is_view else ("*", "")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE typed AS SELECT {every} {f'REPLACE ({narrow})' if narrow else ''} FROM wide")
    connection.execute(f"CREATE OR REPLACE TEMP VIEW numbered AS SELECT {number}* FROM typed")
    connection.execute("CREATE OR REPLACE TEMP VIEW canonical AS FROM numbered")
    connection.execute(f"DROP {kind} wide")
    return count_rows("typed", connection)


def _cast(column: Column, constant: str | None, given: set[str]) -> str:
    if constant:
        return f"CAST({literal(constant)} AS ENUM ({literal(constant)}))"
    value = quoted(column.name) if column.name in given else "NULL"
    return f"CAST({value} AS {'VARCHAR' if _is_text(column) else column.type})"


def _is_text(column: Column) -> bool:
    return bool(column.pseudonym) or column.type == "VARCHAR"


def _survey(texts: list[str], connection: duckdb.DuckDBPyConnection) -> None:
    """Fills `survey` with the different values of each text that has few in a sample."""
    few = _few(texts, connection)
    if not few:
        columns = "".join(f", {quoted(name)} VARCHAR" for name in texts)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE survey (is_empty BOOLEAN{columns})")
        return
    sets = ", ".join(f"({quoted(name)})" for name in few)
    listed = ", ".join(f"{quoted(name) if name in few else 'NULL::VARCHAR'} AS {quoted(name)}" for name in texts)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE survey AS SELECT {listed} FROM wide GROUP BY GROUPING SETS ({sets})")


def _few(texts: list[str], connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Those of the columns that have few values in the first rows; none in a small file, which is not worth it."""
    counts = ", ".join(f"COUNT(DISTINCT {quoted(name)})" for name in texts)
    sample = f"SELECT COUNT(*){', ' if counts else ''}{counts} FROM (FROM wide LIMIT {SAMPLE})"
    rows, *values = connection.execute(sample).fetchall()[0]
    return [name for name, count in zip(texts, values, strict=True) if rows == SAMPLE and 2 * count < rows]


def _narrow(name: str, source: Source, connection: duckdb.DuckDBPyConnection) -> str:
    """The column as an ENUM of its own values, in their order as texts; as it is where they are none or too many."""
    column, values = quoted(name), f"SELECT DISTINCT {quoted(name)} FROM survey WHERE {quoted(name)} IS NOT NULL"
    count = connection.execute(f"SELECT COUNT(*) FROM ({values})").fetchall()[0][0]
    if not 0 < count <= _FEW:
        return f"{column} AS {column}"
    enum = quoted(f"{name} of {source.name}")
    connection.execute(f"DROP TYPE IF EXISTS {enum}")
    connection.execute(f"CREATE TEMP TYPE {enum} AS ENUM ({values} ORDER BY 1)")
    return f"CAST({column} AS {enum}) AS {column}"
