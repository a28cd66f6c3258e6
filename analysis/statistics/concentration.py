"""Whether use follows the social rank of schools: slope index, relative index, concentration index and curve.

One row per school (or other group): its mean amount, what it is ranked by (IPS, from the least to the most favoured) and its pupils
as weights. IPS is public by school only, so nothing here says anything of one pupil. A negative index means more use where the rank is
low. With fewer than two different ranks the answer is None. Sources: O'Donnell, van Doorslaer, Wagstaff, Lindelow, *Analyzing Health
Equity Using Household Survey Data*, World Bank, 2008, ch. 7 and 8; Erreygers, *Journal of Health Economics* 28, 2009; Wagstaff,
*Health Economics* 14, 2005; ridits as in PHEindicatormethods.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from analysis.statistics.arguments import Numbers, amounts_of, numbers, same_length, weights_of
from analysis.statistics.estimate import NOTHING, Estimate, student

_ALONE = 1e-9  # where the line is less free than this of one group, it goes through that group, and nothing shows its error


@dataclass(frozen=True)
class RelativeIndex:
    """The slope index set against the level: `ratio` of the highest rank to the lowest, `over_mean` the slope index over the mean."""

    ratio: float | None
    over_mean: float | None


class _Line(NamedTuple):
    """A weighted least squares line through groups on their ridits. `pulls`: what each group's own error moves the mean and slope by."""

    mean: float
    slope: float
    mean_pulls: Numbers | None
    slope_pulls: Numbers | None
    rank_variance: float
    scale: float


def ridits(ranked_by: ArrayLike, weights: ArrayLike | None = None) -> Numbers:
    """Ranks of groups from 0 to 1: midpoints of the cumulative population, in the order given; groups of one rank share their midpoint.

    Weights are numbers of pupils (equal for None). Raises ValueError for missing values, lengths that differ, weights of 0 or less.
    """
    by = numbers("ranked_by", ranked_by)
    shares = weights_of(weights, len(by))
    _, places = np.unique(by, return_inverse=True)
    population = np.bincount(places.ravel(), weights=shares)
    return (np.cumsum(population) - population / 2)[places.ravel()]


def slope_index(amounts: ArrayLike, ranked_by: ArrayLike, weights: ArrayLike | None = None) -> Estimate:
    """SII: the difference from the lowest to the highest rank, in the unit of the amounts, by weighted least squares on ridits.

    The interval is Student's t with G - 2 degrees of freedom over G groups, and a standard error that does not take large schools for
    surer than small ones in proportion to their pupils (HC3: MacKinnon, White, *Journal of Econometrics* 29, 1985); the usual one held
    93 % only. None with fewer than 3 groups, or where one group alone holds an end of the line.
    """
    line = _line(amounts, ranked_by, weights)
    if line is None:
        return NOTHING
    groups = np.size(ranked_by)
    return student(line.slope, _error(line.slope_pulls), groups - 2, line.scale, groups)


def relative_index(amounts: ArrayLike, ranked_by: ArrayLike, weights: ArrayLike | None = None) -> RelativeIndex:
    """RII in its two forms: the line's value at the highest rank over that at the lowest, and the slope index over the mean.

    The ratio is None where the line starts at or under 0, `over_mean` where the mean is 0.
    """
    line = _line(amounts, ranked_by, weights)
    if line is None or line.mean == 0:
        return RelativeIndex(None, None)
    lowest, highest = line.mean - line.slope / 2, line.mean + line.slope / 2
    return RelativeIndex(highest / lowest if lowest > 0 and highest >= 0 else None, line.slope / line.mean)


def concentration_index(amounts: ArrayLike, ranked_by: ArrayLike, weights: ArrayLike | None = None) -> Estimate:
    """C, from -1 (all use at the lowest rank) to 1: twice the covariance of amounts and ridits over the mean. None where the mean is 0.

    It equals the grouped formula, sum of (p_t L_t+1 - p_t+1 L_t), when groups of one rank are taken together (O'Donnell et al. 2008, 8).
    The interval is made as that of `slope_index`, of which C is a multiple, with the uncertainty of the mean (delta method), and cut at
    -1 and 1.
    """
    line = _line(amounts, ranked_by, weights)
    if line is None or line.mean == 0:
        return NOTHING
    multiple, pulls = 2 * line.rank_variance / line.mean, None
    if line.slope_pulls is not None and line.mean_pulls is not None:
        pulls = multiple * (line.slope_pulls - line.slope / line.mean * line.mean_pulls)
    groups = np.size(ranked_by)
    found = student(multiple * line.slope, _error(pulls), groups - 2, multiple * line.scale, groups)
    return found if found.low is None or found.high is None else replace(found, low=max(-1.0, found.low), high=min(1.0, found.high))


def concentration_curve(
    amounts: ArrayLike, ranked_by: ArrayLike, weights: ArrayLike | None = None
) -> tuple[list[float], list[float]] | None:
    """The curve's corners: cumulative shares of the population, from the lowest rank, and of the total that it holds; both from 0 to 1.

    Groups of one rank are one step. None where there is nothing to share.
    """
    y, by, shares = _columns(amounts, ranked_by, weights)
    if not y.sum() > 0:
        return None
    _, places = np.unique(by, return_inverse=True)
    people, held = (np.cumsum(np.bincount(places.ravel(), weights=part)) for part in (shares, shares * y))
    return [0.0, *np.minimum(people / people[-1], 1).tolist()], [0.0, *np.minimum(held / held[-1], 1).tolist()]


def erreygers(amounts: ArrayLike, ranked_by: ArrayLike, weights: ArrayLike | None = None) -> float | None:
    """Erreygers' index of shares (each 0 to 1): 4 m C, from -1 to 1, the same with its sign changed for the share who do not.

    0 where all shares are 0. Raises ValueError for an amount above 1.
    """
    line = _line_of_shares(amounts, ranked_by, weights)
    return None if line is None else 8 * line.rank_variance * line.slope


def wagstaff(amounts: ArrayLike, ranked_by: ArrayLike, weights: ArrayLike | None = None) -> float | None:
    """Wagstaff's index of shares (each 0 to 1): C / (1 - m). None where all shares are 0 or all are 1. Raises ValueError above 1."""
    line = _line_of_shares(amounts, ranked_by, weights)
    if line is None or not 0 < line.mean < 1:
        return None
    return 2 * line.rank_variance * line.slope / line.mean / (1 - line.mean)


def _line_of_shares(amounts: ArrayLike, ranked_by: ArrayLike, weights: ArrayLike | None) -> _Line | None:
    if (amounts_of(amounts) > 1).any():
        raise ValueError("amounts: this index is for shares, from 0 to 1.")
    return _line(amounts, ranked_by, weights)


def _line(amounts: ArrayLike, ranked_by: ArrayLike, weights: ArrayLike | None) -> _Line | None:
    """The line through the groups, or None where they do not differ in rank. Ridits have the weighted mean 1/2, always."""
    y, by, shares = _columns(amounts, ranked_by, weights)
    if len(np.unique(by)) < 2:
        return None
    places = ridits(by, shares) - 0.5
    rank_variance = float(shares @ places**2)
    mean, slope = float(shares @ y), float(shares @ (places * y)) / rank_variance
    mean_pulls, slope_pulls = None, None
    free = 1 - shares * (1 + places**2 / rank_variance)  # 1 - leverage
    if len(y) > 2 and free.min() > _ALONE:
        mean_pulls = shares * (y - mean - slope * places) / free
        slope_pulls = mean_pulls * places / rank_variance
    return _Line(mean, slope, mean_pulls, slope_pulls, rank_variance, float(y.max()))


def _error(pulls: Numbers | None) -> float | None:
    return None if pulls is None else float(np.sqrt((pulls**2).sum()))


def _columns(amounts: ArrayLike, ranked_by: ArrayLike, weights: ArrayLike | None) -> tuple[Numbers, Numbers, Numbers]:
    y, by = amounts_of(amounts), numbers("ranked_by", ranked_by)
    same_length(amounts=y, ranked_by=by)
    return y, by, weights_of(weights, len(y))
