"""A DuckDB file made beside the one that stands, and swapped in with one rename: whole or not at all.

Closing a DuckDB says nothing when the last of it could not be written: it then stands in a journal beside the file, and the file
renamed by itself would be empty. So everything is written out before, aloud.
"""

import os
from pathlib import Path

import duckdb

from analysis.files import settle


def beside(path: Path) -> Path:
    """Where the next database is made."""
    return path.with_suffix(".building")


def write_out(connection: duckdb.DuckDBPyConnection, name: str = "") -> None:
    """Writes all of an open database (the connection's own, or the attached one of that name) into its file. Raises duckdb.Error."""
    connection.execute(f"CHECKPOINT {name}")


def swap_in(path: Path) -> None:
    """Puts the database that was made beside `path` in its place. Who has the old one open keeps reading the old one."""
    made = beside(path)
    if _journal(made).exists():
        raise OSError(f"{made.name} was not written out: its journal still stands")
    settle(made)
    # left by a program that wrote into the old one: it would be taken for the journal of the new
    _journal(path).unlink(missing_ok=True)
    os.replace(made, path)
    settle(path.parent)


def remove(path: Path) -> None:
    """Removes a database and its journal; nothing where there is none."""
    path.unlink(missing_ok=True)
    _journal(path).unlink(missing_ok=True)


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")
