"""Cohorts that adopt at different times, each compared with units that never do.

Callaway and Sant'Anna, *Journal of Econometrics* 225 (2021), without covariates, on a balanced panel. A regression on unit and period
alone (`two_way`) takes those who adopted early for a comparison of those who adopt late, which is wrong where effects grow: it is a
contrast, never the answer.
"""

from dataclasses import dataclass

import numpy as np

from analysis.statistics.arguments import Flags
from analysis.statistics.influence import Effect, Influence, averaged, difference, effect, effect_of
from analysis.statistics.panel import NEVER, Panel
from analysis.statistics.refusal import Refusal


@dataclass(frozen=True)
class At:
    """An effect of a cohort in a period (`cohort` and `period`), of a cohort over its periods, or so many periods after adoption.

    `period` is None over periods; `cohort` is None over cohorts, and `period` then counts from adoption, 0 being the first.
    """

    cohort: float | None
    period: float | None
    effect: Effect


@dataclass(frozen=True)
class Staggered:
    """Effects in the unit of the outcome. Those before adoption compare a period with the one before it, and should be nothing.

    `cells`: by cohort and period; `dynamic`: by periods since adoption, and `overall` their mean from 0 on; `by_cohort`: and `groups` their
    mean by size; `simple`: all cells after adoption, by size. Then who was compared: units, never-treated among them, clusters.
    """

    cells: tuple[At, ...]
    dynamic: tuple[At, ...]
    by_cohort: tuple[At, ...]
    overall: Effect
    groups: Effect
    simple: Effect
    units: int
    never_treated: int
    clusters: int


def staggered(panel: Panel) -> Staggered:
    """The effect of adoption by cohort and period, and its means, each against the never-treated of the same panel (`panel_of`)."""
    cells = {(cohort, at): _cell(panel, cohort, at) for cohort in panel.cohorts for at in range(1, len(panel.periods))}
    after = [key for key in cells if key[1] >= _start(panel, key[0])]
    since = sorted({at - _start(panel, cohort) for cohort, at in cells})
    dynamic = {e: _by_size(panel, cells, [key for key in cells if key[1] - _start(panel, key[0]) == e]) for e in since}
    cohorts = {one: averaged([cells[key] for key in after if key[0] == one]) for one in panel.cohorts}
    every = panel.adopted != NEVER
    of = {one: panel.adopted == one for one in panel.cohorts}

    def told(found: Influence, treated: Flags = every) -> Effect:
        return effect(found, panel.cluster, panel.adopted, treated)

    def reached(e: int) -> Flags:
        return np.isin(panel.adopted, [one for one, at in cells if at - _start(panel, one) == e])

    return Staggered(
        cells=tuple(At(one, float(panel.periods[at]), told(cell, of[one])) for (one, at), cell in cells.items()),
        dynamic=tuple(At(None, float(e), told(found, reached(e))) for e, found in dynamic.items()),
        by_cohort=tuple(At(one, None, told(found, of[one])) for one, found in cohorts.items()),
        overall=told(averaged([found for e, found in dynamic.items() if e >= 0])),
        groups=told(averaged(list(cohorts.values()), list(of.values()))),
        simple=told(_by_size(panel, cells, after)),
        units=len(panel.adopted),
        never_treated=int((~every).sum()),
        clusters=len(np.unique(panel.cluster)),
    )


def simple_effect(panel: Panel) -> float:
    """The mean over all cells after adoption, by size of the cohort (`Staggered.simple`), without its interval: for randomisation."""
    never = panel.outcomes[panel.adopted == NEVER].mean(axis=0)
    total, weight = 0.0, 0.0
    for cohort in panel.cohorts:
        ours, start = panel.adopted == cohort, _start(panel, cohort)
        apart = panel.outcomes[ours].mean(axis=0) - never
        total += float(ours.sum() * (apart[start:] - apart[start - 1]).sum())
        weight += float(ours.sum() * (len(panel.periods) - start))
    return total / weight


def placebo(panel: Panel, earlier: int = 1) -> Effect | Refusal:
    """What is found where there is nothing to find: each cohort is taken to adopt so many periods earlier, on its untreated periods alone.

    The mean of those cells by size of the cohort. Refusal "no cohort with a period before" where none has `earlier` + 1 of them. Raises
    ValueError for `earlier` below 1.
    """
    if earlier < 1:
        raise ValueError("earlier: at least 1 period.")
    starts = {cohort: _start(panel, cohort) for cohort in panel.cohorts}
    kept = [(cohort, at) for cohort, start in starts.items() if start > earlier for at in range(start - earlier, start)]
    if not kept:
        return Refusal("no cohort with a period before", max(starts.values()), earlier + 1)
    cells = {(cohort, at): _compared(panel, cohort, starts[cohort] - earlier - 1, at) for cohort, at in kept}
    treated = np.isin(panel.adopted, [cohort for cohort, _ in kept])
    return effect(_by_size(panel, cells, kept), panel.cluster, panel.adopted, treated)


def two_way(panel: Panel) -> Effect:
    """The coefficient of "has adopted" in a regression on units and periods, error by cluster: a contrast to `staggered`, not an answer."""
    treated = (panel.adopted[:, None] != NEVER) & (panel.periods >= panel.adopted[:, None])
    x, y = (_demeaned(each) for each in (treated.astype(float), panel.outcomes))
    value = float((x * y).sum() / (x * x).sum())
    pulls = np.bincount(panel.cluster, (x * (y - value * x)).sum(axis=1)) / (x * x).sum()
    count = len(pulls)
    # units lie inside clusters, so their constants cost the error by cluster nothing; those of periods do
    error = float(np.sqrt(pulls @ pulls * count / (count - 1) * (x.size - 1) / (x.size - len(panel.periods) - 1)))
    return effect_of(value, error, count - 1, count)


def _start(panel: Panel, cohort: float) -> int:
    """The number of the first period in which the cohort is treated."""
    return int(np.searchsorted(panel.periods, cohort))


def _cell(panel: Panel, cohort: float, at: int) -> Influence:
    """Against the last period before adoption; before adoption, against the period before."""
    return _compared(panel, cohort, min(_start(panel, cohort), at) - 1, at)


def _compared(panel: Panel, cohort: float, base: int, at: int) -> Influence:
    changes = panel.outcomes[:, at] - panel.outcomes[:, base]
    return difference(changes, panel.adopted == cohort, panel.adopted == NEVER, panel.cluster)


def _by_size(panel: Panel, cells: dict[tuple[float, int], Influence], keys: list[tuple[float, int]]) -> Influence:
    return averaged([cells[key] for key in keys], [panel.adopted == cohort for cohort, _ in keys])


def _demeaned(table: np.ndarray) -> np.ndarray:
    return table - table.mean(axis=1, keepdims=True) - table.mean(axis=0) + table.mean()
