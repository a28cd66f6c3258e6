"""Rows with pseudonyms in the place of raw identifiers: `accepted` -> `clean`."""

import duckdb
import polars as pl

from analysis.engine import enums_of, quoted
from analysis.pseudonyms import Pseudonyms
from analysis.sources import Source
from analysis.tables import Column


def pseudonymise(source: Source, pseudonyms: Pseudonyms, connection: duckdb.DuckDBPyConnection) -> None:
    """Fills `clean`: the accepted rows with a pseudonym wherever a raw identifier stood."""
    replaced = [c for c in source.table.columns if c.pseudonym]
    for column in replaced:
        _fill_keys(column, pseudonyms, connection)
    joins = " ".join(f"LEFT JOIN ({_keys(c)}) AS k{i} ON k{i}.raw = a.{quoted(c.name)}" for i, c in enumerate(replaced))
    named = ", ".join(f"k{i}.pseudonym AS {quoted(c.name)}" for i, c in enumerate(replaced))
    swap = f"REPLACE ({named})" if replaced else ""
    connection.execute(f"CREATE OR REPLACE TEMP VIEW clean AS SELECT a.* EXCLUDE (record) {swap} FROM accepted AS a {joins}")


def _keys(column: Column) -> str:
    # grouped, although each stands there once: so the engine sees that it may leave the join out where nobody asks for the pseudonyms
    return f"SELECT raw, ANY_VALUE(pseudonym) AS pseudonym FROM {quoted('keys of ' + column.name)} GROUP BY raw"


def _fill_keys(column: Column, pseudonyms: Pseudonyms, connection: duckdb.DuckDBPyConnection) -> None:
    """Fills `keys of <column>` (raw, pseudonym), both as narrow as the column is."""
    name, keys, enum = quoted(column.name), quoted(f"keys of {column.name}"), quoted(f"pseudonyms of {column.name}")
    values = f"SELECT DISTINCT {name} AS raw FROM accepted WHERE {name} IS NOT NULL"
    known = connection.execute(values).fetchall()
    names = pseudonyms.table(column.pseudonym, (raw for (raw,) in known))
    connection.register("pairs", pl.DataFrame(names, schema={"raw": pl.String, "pseudonym": pl.String}))
    kind = "VARCHAR"
    if known and column.name in enums_of("accepted", connection):
        connection.execute(f"DROP TABLE IF EXISTS {keys}")
        connection.execute(f"DROP TYPE IF EXISTS {enum}")
        connection.execute(f"CREATE TEMP TYPE {enum} AS ENUM (SELECT DISTINCT pseudonym FROM pairs ORDER BY 1)")
        kind = enum
    filled = f"SELECT v.raw, CAST(p.pseudonym AS {kind}) AS pseudonym FROM ({values}) AS v JOIN pairs AS p ON p.raw = v.raw::VARCHAR"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {keys} AS {filled}")
    connection.unregister("pairs")
