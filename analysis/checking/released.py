"""The figures that were released, as the check of outputs takes them: one row per figure with its place, period, unit and what is shown."""

import polars as pl

from analysis.config import Config
from analysis.disclosure.ledger import released
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
    """Every figure of the ledger of releases, once, with the columns of COLUMNS; one that a report derives has the unit of its measure."""
    units = {name: measure.header["unit"] for name, measure in load_measures().items()}
    figures = released(config).with_columns(unit=pl.coalesce("unit", pl.col("measure").replace_strict(units, default=None)))
    return figures.select(COLUMNS).unique(maintain_order=True)
