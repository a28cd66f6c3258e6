"""The published tables in a database of their own: the only file that a report opens.

A database is called like its file, and `published.values` could then mean two things: here and in the reports it is attached as `apart`.
"""

from pathlib import Path

import duckdb

from analysis.comments import comment_on
from analysis.databases import remove, write_out
from analysis.engine import literal, quoted


def copy_published(warehouse: Path, target: Path, build: str) -> None:
    """Writes a new database at `target` with the schema `published` of a warehouse, and `build`, which tells one build from another."""
    remove(target)
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH {literal(str(warehouse))} AS warehouse (READ_ONLY)")
        connection.execute(f"ATTACH {literal(str(target))} AS apart")
        connection.execute("CREATE SCHEMA apart.published")
        tables = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'warehouse' AND schema_name = 'published'"
        )
        for (name,) in tables.fetchall():
            connection.execute(f"CREATE TABLE apart.published.{quoted(name)} AS FROM warehouse.published.{quoted(name)}")
        connection.execute("CREATE TABLE apart.published.build_state AS SELECT ? AS build", [build])
        connection.execute("USE apart")
        comment_on(connection)
        connection.execute("USE memory")
        write_out(connection, "apart")
        connection.execute("DETACH apart")


def build_of(published: Path) -> str | None:
    """Which build these published tables are of; None when they do not stand, or cannot be read."""
    return _build_named(published, "published")


def build_in(warehouse: Path) -> str | None:
    """The same of a warehouse; who opens both can compare them: between the two swaps of a build they are not of one."""
    return _build_named(warehouse, "marts")


def _build_named(database: Path, schema: str) -> str | None:
    if not database.exists():
        return None
    try:
        with duckdb.connect() as connection:
            connection.execute(f"ATTACH {literal(str(database))} AS apart (READ_ONLY)")
            return connection.execute(f"SELECT build FROM apart.{schema}.build_state").fetchall()[0][0]
    except duckdb.Error:  # torn, or of another kind: it is written again
        return None
