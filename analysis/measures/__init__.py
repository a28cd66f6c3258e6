"""The measures: one SQL file each, all schools at once, into the long table `measures.values`.

A measure gives `uai, period, breakdown, category, evidence, n, numerator, denominator`, and `value, low, high` where it has them. One that
plain SQL cannot finish says `computed_by = "gaps.within_clusters"`: its lists are then the arguments of that function of
`analysis.statistics`, by name, and what comes back is its value with its interval.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

from analysis.engine import frame_of, literal
from analysis.header import SqlFile, read_folder
from analysis.statistics.estimate import Estimate

_HERE = Path(__file__).parent
_COLUMNS = {
    **dict.fromkeys(("measure", "uai", "period", "breakdown", "category", "evidence"), "VARCHAR"),
    "n": "BIGINT",
    **dict.fromkeys(("numerator", "denominator", "value", "low", "high"), "DOUBLE"),
}


def load_measures() -> dict[str, SqlFile]:
    """Every measure of this folder by name."""
    return read_folder(_HERE)


def make_measures(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes `measures.values`, the long table of every measure; a ratio that no measure gives is numerator / denominator."""
    columns = ", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items())
    connection.execute(f'CREATE TABLE measures."values" ({columns})')
    for name, measure in load_measures().items():
        rows = f"({measure.sql})"
        if "computed_by" in measure.header:
            connection.register("computed", _computed(measure, connection))
            rows = "computed"
        connection.execute(f'INSERT INTO measures."values" BY NAME SELECT {literal(name)} AS measure, * FROM {rows}')
    connection.execute('UPDATE measures."values" SET value = numerator / denominator WHERE value IS NULL AND denominator > 0')


def _computed(measure: SqlFile, connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """The rows of a measure, its lists replaced by the value and the interval that its function makes of them."""
    module, name = measure.header["computed_by"].split(".")
    function: Callable[..., Estimate] = getattr(import_module(f"analysis.statistics.{module}"), name)
    rows = frame_of(measure.sql, connection)
    given = [column for column in rows.columns if column not in _COLUMNS]
    estimates = [function(**{k: _argument(v) for k, v in row.items()}) for row in rows.select(given).iter_rows(named=True)]
    found = pl.DataFrame(
        [(e.value, e.low, e.high) for e in estimates], schema=dict.fromkeys(("value", "low", "high"), pl.Float64), orient="row"
    )
    return rows.drop(given).hstack(found)


def _argument(value: object) -> object:
    """A list as an array; a single number as it is."""
    return np.asarray(value) if isinstance(value, list) else value
