"""What a regression on units and periods is made of: comparisons two by two, and the weight of each.

Goodman-Bacon, *Journal of Econometrics* 225 (2021).
"""

from dataclasses import dataclass

import numpy as np

from analysis.statistics.panel import NEVER, Panel


@dataclass(frozen=True)
class Part:
    """All comparisons of one kind: their share of the coefficient (all shares add up to 1) and their mean by weight.

    `kind`: "with never treated", "earlier with later" (those who adopt later are still untreated) or "later with earlier", which takes
    those already treated for untreated ones.
    """

    kind: str
    weight: float
    value: float


def decomposed(panel: Panel) -> list[Part]:
    """The coefficient of `cohorts.two_way` in parts by kind of comparison: it is the sum of weight times value. In the outcome's unit."""
    pairs = [(kind, *_compared(panel, one, other)) for kind, one, other in _pairs(panel)]
    whole = sum(weight for _, weight, _ in pairs)
    parts = []
    for kind in dict.fromkeys(kind for kind, _, _ in pairs):
        weights, values = np.array([(weight, value) for each, weight, value in pairs if each == kind]).T
        parts.append(Part(kind, float(weights.sum() / whole), float(weights @ values / weights.sum())))
    return parts


def _pairs(panel: Panel) -> list[tuple[str, float, float]]:
    cohorts = panel.cohorts
    never = [("with never treated", one, NEVER) for one in cohorts] if (panel.adopted == NEVER).any() else []
    earlier = [("earlier with later", one, other) for one in cohorts for other in cohorts if one < other]
    return [*never, *earlier, *(("later with earlier", other, one) for _, one, other in earlier)]


def _compared(panel: Panel, one: float, other: float) -> tuple[float, float]:
    """Weight and value of one cohort against another, over the periods in which the other does not change."""
    periods = panel.periods
    inside = np.ones(len(periods), dtype=bool) if other == NEVER else periods < other if one < other else periods >= other
    ours, theirs = panel.adopted == one, panel.adopted == other
    after = inside & (periods >= one)
    before = inside & ~after
    means = panel.outcomes[ours].mean(axis=0) - panel.outcomes[theirs].mean(axis=0)
    n, m = ours.mean(), theirs.mean()
    # the variance of "has adopted" in these units and periods, as a part of all
    weight = n * m * after.mean() * before.mean()
    return float(weight), float(means[after].mean() - means[before].mean()) if weight > 0 else 0.0
