"""How unequally something is shared: Gini, Theil, Atkinson, Lorenz. Amounts are per pupil, from 0 upwards, zeros included.

Where there is nothing to share (no pupil, or a total of 0) the answer is None: inequality of nothing is not equality. One pupil, or
pupils who all have the same, share equally: 0. Sources: Cowell, *Measuring Inequality*, 3rd ed., 2011; Theil, *Economics and
Information Theory*, 1967; Atkinson, "On the measurement of inequality", *Journal of Economic Theory* 2, 1970.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.statistics.arguments import Codes, Numbers, amounts_of, codes_of, same_length
from analysis.statistics.estimate import NOTHING, Estimate


@dataclass(frozen=True)
class TheilParts:
    """Theil's T in two parts that add up to it: between clusters, and within them. None where there is nothing to share."""

    between: float | None
    within: float | None


def gini(amounts: ArrayLike) -> float | None:
    """Gini's coefficient of a whole population (divided by n, not n - 1): 0 when all have the same, (n - 1)/n when one has all.

    G = sum (2i - n - 1) x_i / (n sum x), x in rising order: half the mean difference of all pairs over the mean (Cowell 2011).
    """
    x = np.sort(amounts_of(amounts))
    if not x.sum() > 0:
        return None
    ranks = 2 * np.arange(1, len(x) + 1) - len(x) - 1
    return max(0.0, float(ranks @ x / (len(x) * x.sum())))


def zero_share(amounts: ArrayLike) -> float | None:
    """The share of pupils who have nothing, to be printed before any Gini: 0 to 1; None without pupils."""
    x = amounts_of(amounts)
    return float(np.mean(x == 0)) if len(x) else None


def gini_of_users(amounts: ArrayLike) -> float | None:
    """Gini among those who have something. With p0 the share who have nothing, G = p0 + (1 - p0) times this one."""
    x = amounts_of(amounts)
    return gini(x[x > 0])


def theil_t(amounts: ArrayLike) -> float | None:
    """Theil's T: mean of (x/m) ln (x/m), m the mean, with 0 ln 0 = 0; from 0 to ln n (Theil 1967). The same as `Theil` of R's ineq."""
    x = amounts_of(amounts)
    if not x.sum() > 0:
        return None
    return _never_below_0(_x_log_x(x / x.mean()).mean())


def theil_l(amounts: ArrayLike) -> float | None:
    """Theil's L, the mean logarithmic deviation: mean of ln (m/x). None when somebody has nothing, for it would be infinite.

    R's REAT calls this one `theil`.
    """
    x = amounts_of(amounts)
    if not len(x) or not x.min() > 0:
        return None
    return _never_below_0(np.log(x.mean() / x).mean())


def atkinson(amounts: ArrayLike, epsilon: float) -> float | None:
    """Atkinson's index: the share of the total that could go, were the rest shared equally, at an aversion to inequality of `epsilon`.

    1 - (mean of (x/m)^(1 - epsilon))^(1/(1 - epsilon)), or 1 - (geometric mean)/m at epsilon 1 (Atkinson 1970). None when somebody has
    nothing and epsilon is 1 or more. Raises ValueError for an epsilon below 0.
    """
    x = amounts_of(amounts)
    if not epsilon >= 0:
        raise ValueError("epsilon: an aversion to inequality is 0 or more.")
    if not x.sum() > 0 or (epsilon >= 1 and x.min() == 0):
        return None
    logs = np.log(x[x > 0] / x.mean())
    power = 1 - epsilon
    # in logarithms, for a large power of a small share would overflow
    level = logs.mean() if abs(power) < 1e-6 else (np.logaddexp.reduce(power * logs) - np.log(len(x))) / power
    return _never_below_0(1 - np.exp(level))


def theil_parts(amounts: ArrayLike, clusters: ArrayLike) -> TheilParts:
    """Theil's T between clusters (as if each pupil had the mean of theirs) and within them (Theil 1967). Raises ValueError for lengths."""
    x, codes, count = _clustered(amounts, clusters)
    if not x.sum() > 0:
        return TheilParts(None, None)
    means = _means(x, codes, count)[codes]
    between = _never_below_0(_x_log_x(means / x.mean()).mean())
    # a cluster without any use has no share of the total, so nothing is lost by leaving it out
    used = means > 0
    within = (means[used] / x.mean() * _x_log_x(x[used] / means[used])).sum() / len(x)
    return TheilParts(between, _never_below_0(within))


def theil_between_share(amounts: ArrayLike, clusters: ArrayLike) -> Estimate:
    """The share of Theil's T that lies between clusters, 0 to 1. None with one cluster, or when all have the same or nothing.

    It has no interval, for none is shown here to hold with few schools. Read it beside `between_share_by_chance`, which is not 0.
    """
    parts = theil_parts(amounts, clusters)
    total = theil_t(amounts)
    if parts.between is None or not total or codes_of("clusters", clusters)[1] < 2:
        return NOTHING
    return Estimate(min(1.0, parts.between / total), None, None)


def between_share_by_chance(clusters: ArrayLike, amounts: ArrayLike | None = None) -> float | None:
    """The share of inequality between clusters that pupils dealt out at random would show: 0 to 1. None with fewer than 2 pupils.

    A mean of n pupils drawn from N has the variance S^2/n (1 - n/N) (Cochran, *Sampling Techniques*, 1977, theorem 2.2), so C random
    clusters carry (C - 1)/(N - 1) of the variance, whatever their sizes. Theil's T is half the squared coefficient of variation where
    inequality is small: so it is between random clusters, not in the whole. Given the amounts, the share is multiplied by (half the
    squared coefficient of variation)/T, which minutes need (they are skewed, with zeros). None when the amounts share nothing.
    """
    codes, count = codes_of("clusters", clusters)
    if len(codes) < 2:
        return None
    share = (count - 1) / (len(codes) - 1)
    if amounts is None:
        return share
    x = amounts_of(amounts)
    same_length(amounts=x, clusters=codes)
    total = theil_t(x)
    return min(1.0, float(share * x.var() / x.mean() ** 2 / 2 / total)) if total else None


def lorenz(amounts: ArrayLike, at: ArrayLike) -> list[float] | None:
    """The shares of the total that the lowest `at` shares of pupils hold: ordinates of the Lorenz curve, 0 to 1, straight between pupils.

    None where there is nothing to share. Raises ValueError for a share outside 0 to 1.
    """
    x, shares = np.sort(amounts_of(amounts)), np.asarray(at, dtype=float).ravel()
    if not ((shares >= 0) & (shares <= 1)).all():
        raise ValueError("at: shares of pupils lie between 0 and 1.")
    if not x.sum() > 0:
        return None
    held = np.concatenate([[0.0], np.cumsum(x) / x.sum()])
    return np.interp(shares, np.linspace(0, 1, len(held)), np.minimum(held, 1)).tolist()


def _clustered(amounts: ArrayLike, clusters: ArrayLike) -> tuple[Numbers, Codes, int]:
    x = amounts_of(amounts)
    codes, count = codes_of("clusters", clusters)
    same_length(amounts=x, clusters=codes)
    return x, codes, count


def _means(x: Numbers, codes: Codes, count: int) -> Numbers:
    return np.bincount(codes, weights=x, minlength=count) / np.bincount(codes, minlength=count)


def _x_log_x(x: Numbers) -> Numbers:
    return x * np.log(np.where(x > 0, x, 1))


def _never_below_0(index: float) -> float:
    """An index of equals is 0, and rounding may leave it a hair below."""
    return max(0.0, float(index))
