"""Schools and tests that got tablets in different years, each against those that never had any: changes, a placebo, and chance."""

import numpy as np
import polars as pl

from analysis.statistics.cohorts import placebo, staggered
from analysis.statistics.influence import Effect
from analysis.statistics.panel import NEVER, Panel, panel_of
from analysis.statistics.permutation import Randomisation, randomised_adoption
from analysis.statistics.refusal import Refusal


def adoption(cells: pl.DataFrame) -> list[dict[str, object]] | str:
    """The rows of `cohort_effect`, without place and period, from `marts.cohort_cell`; or the reason why there is no comparison.

    A unit is a school in one domain of one test; what hangs together is the school. Means are told in the pooled standard deviation of
    pupils in that test, so that tests on other scales stand beside each other. A test of which one side has no school is left out.
    """
    compared = _in_deviations(cells)
    if not compared.height:
        return "nobody without tablets"
    panel = panel_of(
        compared["outcome"].to_numpy(),
        compared["unit"].to_list(),
        compared["year_from"].to_numpy(),
        compared["first_year_from"].fill_null(NEVER).to_numpy(),
        compared["uai"].to_list(),
    )
    if isinstance(panel, Refusal):
        return panel.reason
    rows = _rows(panel)
    if rows[0]["low"] is None:
        return "too few schools"  # one alone on a side: nobody can say how much schools differ, and its results would stand there
    latest = compared.filter(pl.col("first_year_from").is_not_null(), pl.col("year_from") == compared["year_from"].max())
    return [{**row, "pupils": int(latest["pupils"].sum())} for row in rows]


def _in_deviations(cells: pl.DataFrame) -> pl.DataFrame:
    of_test, is_equipped = ("test", "domain"), pl.col("first_year_from").is_not_null()
    pooled = ((pl.col("sd_score") ** 2 * pl.col("pupils")).sum() / pl.col("pupils").sum()).sqrt().over(of_test)
    both = cells.filter(is_equipped.any().over(of_test) & (~is_equipped).any().over(of_test))
    return both.with_columns(outcome=pl.col("mean_score") / pooled, unit=pl.concat_str("uai", *of_test, separator="|"))


def _rows(panel: Panel) -> list[dict[str, object]]:
    found, chance, before = staggered(panel), randomised_adoption(panel), placebo(panel)
    p_value = chance.p_value if isinstance(chance, Randomisation) else None
    rows = [_row("overall", "all", found.overall) | {"chance": p_value}]
    rows += [_row("since", str(int(at.period or 0)), at.effect) for at in found.dynamic]
    return rows if isinstance(before, Refusal) else [*rows, _row("placebo", "all", before)]


def _row(part: str, category: str, effect: Effect) -> dict[str, object]:
    estimate = effect.estimate
    value = None if estimate.value is None or not np.isfinite(estimate.value) else estimate.value
    ends = {"value": value, "low": estimate.low, "high": estimate.high, "clusters": estimate.clusters}
    return {"part": part, "category": category, **ends, "detectable": effect.detectable, "chance": None}
