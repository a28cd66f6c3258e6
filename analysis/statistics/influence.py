"""A comparison of units with the pull of each unit on it, which give its error by clusters; and weighted means of comparisons."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr

from analysis.statistics.arguments import Codes, Flags, Numbers
from analysis.statistics.detectable import detectable_from
from analysis.statistics.estimate import Estimate, student


@dataclass(frozen=True)
class Effect:
    """A difference with its interval, in the unit of the outcome; all but the value None where too few clusters say how much it varies.

    `detectable`: the smallest difference that these data would find in eight cases of ten.
    """

    estimate: Estimate
    error: float | None
    degrees: float | None
    p_value: float | None
    detectable: float | None


@dataclass(frozen=True)
class Influence:
    """A comparison of n units: its value, the n pulls that add up to its error, and the clusters of its two sides (the fewest of each)."""

    value: float
    pulls: Numbers
    clusters: tuple[int, int]


def difference(changes: Numbers, ours: Flags, others: Flags, cluster: Codes) -> Influence:
    """The mean change of one side of units less that of the other, each side's pulls widened for how few clusters it has."""
    sides = [(changes[side].mean(), side, len(np.unique(cluster[side]))) for side in (ours, others)]
    pulls = np.zeros(len(changes))
    for sign, (mean, side, count) in zip((1, -1), sides, strict=True):
        widened = np.sqrt(count / (count - 1)) if count > 1 else 1.0
        pulls[side] += sign * widened * (changes[side] - mean) / side.sum()
    return Influence(float(sides[0][0] - sides[1][0]), pulls, (sides[0][2], sides[1][2]))


def averaged(parts: Sequence[Influence], shares: Sequence[Numbers] | None = None) -> Influence:
    """The mean of comparisons, with equal weights, or by how many units belong to each: `shares` are flags by unit, one array per part.

    With shares the weights are estimated too, which adds to the pulls (Callaway and Sant'Anna 2021, corollary 2).
    """
    values, pulls = np.array([part.value for part in parts]), np.stack([part.pulls for part in parts])
    clusters = (min(part.clusters[0] for part in parts), min(part.clusters[1] for part in parts))
    if shares is None:
        return Influence(float(values.mean()), pulls.mean(axis=0), clusters)
    belongs = np.stack(shares).astype(float)
    sizes = belongs.mean(axis=1)
    weights = sizes / sizes.sum()
    apart = belongs - sizes[:, None]
    moved = (values @ apart - (values @ weights) * apart.sum(axis=0)) / sizes.sum() / belongs.shape[1]
    return Influence(float(values @ weights), weights @ pulls + moved, clusters)


def effect(found: Influence, cluster: Codes, cohort: Numbers, treated: Flags) -> Effect:
    """The interval of a comparison: pulls added up by cluster, Student's t at Welch's degrees of freedom over cohorts.

    `cohort`: that of each unit; clusters with units of several are one kind of their own. `treated` are the units on the first side of any
    of its parts. No interval where a cohort or those it is compared with are one cluster alone.
    """
    sums: Numbers = np.bincount(cluster, found.pulls).astype(float)
    error = float(np.sqrt(sums @ sums))
    ours = len(np.unique(cluster[treated]))
    if min(found.clusters) < 2 or not error > 0:
        return Effect(Estimate(found.value, None, None, ours), None, None, None, None)
    return effect_of(found.value, error, _welch(sums, _kinds(cluster, cohort)), ours)


def effect_of(value: float, error: float, degrees: float, clusters: int) -> Effect:
    """A difference with its interval, p-value and the least that would have been found, from its standard error and Student's t."""
    p_value = 2 * float(stdtr(degrees, -abs(value) / error))
    return Effect(student(value, error, degrees, abs(value), clusters), error, float(degrees), p_value, detectable_from(error, degrees))


def _kinds(cluster: Codes, cohort: Numbers) -> Codes:
    """By cluster, the number of its cohort; one number more for those that hold several."""
    different, codes = np.unique(cohort, return_inverse=True)
    least, most = np.full(cluster.max() + 1, len(different)), np.full(cluster.max() + 1, -1)
    np.minimum.at(least, cluster, codes.ravel())
    np.maximum.at(most, cluster, codes.ravel())
    return np.where(least == most, least, len(different))


def _welch(sums: Numbers, kinds: Codes) -> float:
    """Welch, *Biometrika* 34 (1947): each kind of cluster has its own variance, known from as many clusters less one."""
    parts, counts = np.bincount(kinds, sums**2), np.bincount(kinds)
    return float(parts.sum() ** 2 / (parts**2 / np.maximum(counts - 1, 1)).sum())
