"""The figures that were released, as the check of outputs takes them: one row per figure with its place, period, unit and what is shown."""

import duckdb
import polars as pl

from analysis.config import Config
from analysis.engine import frame_of
from analysis.measures import load_measures

COLUMNS = (
    "uai",
    "period",
    "measure",
    "breakdown",
    "category",
    "evidence",
    "unit",
    "n",
    "value",
    "low",
    "high",
    "denominator",
    "shown",
    "reason",
)


def released_figures(config: Config) -> pl.DataFrame:
    """The figures of the warehouse's `published.values` with the columns of COLUMNS; none without a warehouse."""
    units = pl.DataFrame([(name, measure.header["unit"]) for name, measure in load_measures().items()], ["measure", "unit"], orient="row")
    if not config.warehouse.is_file():
        return pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String))
    with duckdb.connect(str(config.warehouse), read_only=True) as connection:
        figures = frame_of('SELECT * FROM published."values"', connection)
    return figures.join(units, on="measure").select(COLUMNS)
