"""Statistics as the measures call them, from lists by name: each answer is an Estimate, also where the statistic has no interval."""

from numpy.typing import ArrayLike

from analysis.statistics import concentration, gaps, inequality
from analysis.statistics.estimate import Estimate


def gap(amounts: ArrayLike, clusters: ArrayLike, is_here: ArrayLike, groups: ArrayLike | None, is_between: bool) -> Estimate:
    """The gap between pupils who are here and the others: between whole clusters (`is_between`), else inside them, by group if given.

    In the unit of the amounts. Raises ValueError for missing values.
    """
    if is_between:
        return gaps.between_clusters(amounts, clusters, is_here)
    return gaps.within_clusters(amounts, clusters, is_here, groups)


def gini(amounts: ArrayLike) -> Estimate:
    """Gini's coefficient, 0 to 1 (`inequality.gini`)."""
    return _without_interval(inequality.gini(amounts))


def theil_t(amounts: ArrayLike) -> Estimate:
    """Theil's T, from 0 upwards (`inequality.theil_t`)."""
    return _without_interval(inequality.theil_t(amounts))


def theil_between_share(amounts: ArrayLike, clusters: ArrayLike, is_by_chance: bool) -> Estimate:
    """The share of Theil's T between clusters, 0 to 1, or what chance alone would give with the same clusters and amounts."""
    if is_by_chance:
        return _without_interval(inequality.between_share_by_chance(clusters, amounts))
    return inequality.theil_between_share(amounts, clusters)


def lorenz_share(amounts: ArrayLike, lowest: float) -> Estimate:
    """The share of the total that the `lowest` share of pupils hold, both 0 to 1 (`inequality.lorenz`)."""
    ordinates = inequality.lorenz(amounts, [lowest])
    return _without_interval(None if ordinates is None else ordinates[0])


def relative_ratio(amounts: ArrayLike, ranked_by: ArrayLike, weights: ArrayLike) -> Estimate:
    """The amount at the highest rank over that at the lowest, both on the line of the slope index (`concentration.relative_index`)."""
    return _without_interval(concentration.relative_index(amounts, ranked_by, weights).ratio)


def _without_interval(value: float | None) -> Estimate:
    return Estimate(value, None, None)
