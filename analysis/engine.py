"""The engine: a DuckDB connection as every part of the project wants it, and the few words of SQL that Python has to write."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from analysis.config import Config

if TYPE_CHECKING:
    import polars as pl

_MACROS = [Path(__file__).parent / name for name in ("macros.sql", "counting.sql")]


def new_connection(config: Config, spill: Path) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory with the project's macros, UTC, the memory limit, and `spill` to write to beyond it."""
    connection = duckdb.connect()
    prepare(connection, config, spill)
    return connection


@contextmanager
def many_connections(config: Config, spill: Path) -> Iterator[Callable[[], duckdb.DuckDBPyConnection]]:
    """The same, as many as are asked for, at a hundredth of the time: they share the macros and the memory, but nothing temporary."""
    with duckdb.connect() as shared:
        _limit(shared, config, spill)
        for file in _MACROS:
            shared.execute(file.read_text(encoding="utf-8"))

        def another() -> duckdb.DuckDBPyConnection:
            """One more, with nothing in it."""
            connection = shared.cursor()
            _tell_time(connection, config)
            return connection

        yield another


def prepare(connection: duckdb.DuckDBPyConnection, config: Config, spill: Path) -> None:
    """Gives a DuckDB connection the project's macros, UTC, the memory limit, and `spill` to write to beyond it."""
    _limit(connection, config, spill)
    _tell_time(connection, config)
    for file in _MACROS:
        connection.execute(file.read_text(encoding="utf-8").replace("MACRO", "TEMP MACRO"))


def _limit(connection: duckdb.DuckDBPyConnection, config: Config, spill: Path) -> None:
    connection.execute(f"SET memory_limit = {literal(config.limits.memory)}")
    connection.execute(f"SET temp_directory = {literal(str(spill))}")
    connection.execute("SET enable_progress_bar = false")  # the engine draws one in processes that it takes for a terminal, the gate's


def _tell_time(connection: duckdb.DuckDBPyConnection, config: Config) -> None:
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute(f"SET VARIABLE timezone = {literal(config.timezone)}")


def frame_of(query: str, connection: duckdb.DuckDBPyConnection) -> "pl.DataFrame":
    """The rows of a query as a polars frame, with its columns even when there is no row."""
    import polars as pl  # here: reports open published tables without it, and a kernel cannot be forked from a process that has it

    frame = pl.from_arrow(connection.sql(query).to_arrow_table())
    assert isinstance(frame, pl.DataFrame)
    return frame


def enums_of(relation: str, connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The columns of a table or view that are ENUMs."""
    return [name for name, kind, *_ in connection.execute(f"DESCRIBE {relation}").fetchall() if kind.startswith("ENUM")]


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def literal_date(day: date) -> str:
    """A date as an SQL literal."""
    return f"DATE {literal(day.isoformat())}"
