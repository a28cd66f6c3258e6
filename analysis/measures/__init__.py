"""The measures: one SQL file each, all schools at once, into the long table `measures.values`.

A measure gives `uai, period, breakdown, category, evidence, n, numerator, denominator`, and `value, low, high` where it has them. One that
plain SQL cannot finish says `computed_by = "gaps.within_clusters"`: its lists are then the arguments of that function of
`analysis.statistics`, by name, and what comes back is its value with its interval and the clusters that it rests on. What the disclosure
gate has to know of a figure is given with it, NULL where it does not apply:

    population  fingerprint of the persons whom `n` counts: `population_of(person_key)`; every measure that gives an n gives it
    largest     0 to 1, of sums of minutes, visits, openings...: the part of one single person (of one tablet, where it is shared) in the
                numerator or, where that is such a sum too, in the denominator, whichever is more
    clusters    classes (schools, over the territory) that a value with an interval is made of

Header keys:
    title           what it is, in words
    why_it_matters  why somebody should look at it
    population      who and what is counted
    unit            of the value
    statistic       what kind of number it is, which decides how it is coded and rounded
    interval        how its interval is made
    source          where the definition comes from
    computed_by     the function of analysis.statistics that finishes it
    shown_by        the breakdowns that may be published
    counts          "users" where n is itself a finding, and stays hidden
    whole           breakdowns whose numerators add up to the denominator that all their categories have
    adds            over which disjoint groups numerators and denominators add up, exactly: "pupils" (whoever is counted), "days" (of
                    school; "days off" and "all days" are the others)
    overlaps        breakdowns, or "school", in which somebody may stand in two groups, having moved: their sum may exceed `all`
    remainder       breakdowns, "school" or "days", of which some of `all` stands in no group: their sum may fall short of it
    sum_of          measures, with the same denominators, whose numerators add up to this one's
    within          a measure, with the same denominators, of whose numerator this one's is a part
    cumulative      breakdown = its categories, the smallest first, each of which holds those before it
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
    "population": "UBIGINT",
    "largest": "DOUBLE",
    "clusters": "BIGINT",
}
_ESTIMATED = {"value": pl.Float64, "low": pl.Float64, "high": pl.Float64, "clusters": pl.Int64}


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
    """The rows of a measure, its lists replaced by what its function makes of them: value, interval and number of clusters."""
    module, name = measure.header["computed_by"].split(".")
    function: Callable[..., Estimate] = getattr(import_module(f"analysis.statistics.{module}"), name)
    rows = frame_of(measure.sql, connection)
    # `clusters` is, before, the list of each row's class, and after, how many there are
    given = [column for column in rows.columns if column not in _COLUMNS or column in _ESTIMATED]
    estimates = [function(**{k: _argument(v) for k, v in row.items()}) for row in rows.select(given).iter_rows(named=True)]
    found = pl.DataFrame([(e.value, e.low, e.high, e.clusters) for e in estimates], schema=_ESTIMATED, orient="row")
    return rows.drop(given).hstack(found)


def _argument(value: object) -> object:
    """A list as an array; a single number as it is."""
    return np.asarray(value) if isinstance(value, list) else value
