"""The warehouse opened for reading: by a researcher in JupyterLab, and by `cartable query`."""

from pathlib import Path

import duckdb

from analysis.config import Config, load_config
from analysis.engine import literal
from analysis.errors import UserError


def open_warehouse(warehouse: str | Path = "") -> duckdb.DuckDBPyConnection:
    """The warehouse, read-only: schemas `lake`, `marts`, `measures` (before disclosure control) and `published` (after it).

    `warehouse`: path of a warehouse.duckdb; empty for that of `cartable.toml`, looked for at or above the working directory.

    It returns a DuckDB connection: `open_warehouse().sql("SELECT ...").pl()` is a polars frame, `.df()` a pandas frame. Instants
    are UTC, `minutes` are minutes, shares go from 0 to 1; what a column means is its comment in `duckdb_columns()`. The connection can
    neither write into the warehouse nor read a file outside its lake. A build that runs meanwhile does not disturb it: what is open
    stays as it was. Rows of a table that has a `*_key` are about persons: nothing made from them may be published.

    Raises UserError where there is no warehouse yet.
    """
    config = load_config()
    path = Path(warehouse or config.warehouse)
    return opened_read_only(config.model_copy(update={"data_dir": path.resolve().parent}))


def opened_read_only(config: Config) -> duckdb.DuckDBPyConnection:
    """The same, of a configuration."""
    if not config.warehouse.exists():
        raise UserError(f"There is no warehouse yet at {config.warehouse.name}: run `cartable ingest` and `cartable build`.")
    connection = duckdb.connect(str(config.warehouse), read_only=True)
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute(f"SET allowed_directories = [{literal(str(config.lake_dir) + '/')}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection
