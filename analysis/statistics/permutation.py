"""Randomisation inference: what would have been found had other clusters adopted, or adopted at other times. For few clusters.

Fisher, *The Design of Experiments* (1935); with sampled arrangements Phipson and Smyth, *Statistical Applications in Genetics and Molecular
Biology* 9 (2010). It tests that adoption changed nothing for anybody, if any cluster could as well have been any other.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import factorial, prod

import numpy as np
from numpy.typing import ArrayLike

from analysis.statistics.arguments import Numbers, numbers
from analysis.statistics.cohorts import simple_effect
from analysis.statistics.panel import Panel
from analysis.statistics.refusal import Refusal

# As many arrangements as are gone through one by one.
MOST = 5_000
# Two statistics closer than this share of the larger are the same, reached by another order of adding up.
_SAME = 1e-9


@dataclass(frozen=True)
class Randomisation:
    """`p_value`: the share of arrangements with a statistic as far from zero as the one seen, itself included.

    `smallest`: the least that the p-value could have been; above .05 nothing can be found however large. `arrangements`: how many were
    gone through, all there are if `is_exact`, else a sample beside the one seen.
    """

    p_value: float
    smallest: float
    arrangements: int
    is_exact: bool


def randomised_adoption(panel: Panel, drawn: int = 1_999, seed: int = 1) -> Randomisation | Refusal:
    """The randomisation test of `simple_effect` over the clusters of the panel, each of which keeps its units and takes another's adoption.

    Refusal "adoption differs inside clusters" where a cluster has more than one; "one arrangement only" as `randomised`.
    """
    pairs = np.unique(np.column_stack([panel.cluster, panel.adopted]), axis=0)
    if len(pairs) > len(np.unique(panel.cluster)):
        return Refusal("adoption differs inside clusters")
    return randomised(lambda of_cluster: simple_effect(panel.with_adoption(of_cluster[panel.cluster])), pairs[:, 1], drawn, seed)


def randomised(
    statistic: Callable[[Numbers], float], assigned: ArrayLike, drawn: int = 1_999, seed: int = 1, most: int = MOST
) -> Randomisation | Refusal:
    """How often a statistic of another arrangement lies as far from zero. `assigned`: one number per cluster (its cohort; 0 for never).

    All different arrangements are gone through where there are at most `most`, else `drawn` of them, drawn with the seed, and the p-value
    is (1 + as far) / (1 + drawn). Refusal "one arrangement only" where all clusters have the same. Raises ValueError for missing values.
    """
    labels = numbers("assigned", assigned)
    counts = Counter(labels.tolist())
    if len(counts) < 2:
        return Refusal("one arrangement only", len(counts), 2)
    seen = abs(statistic(labels))
    is_exact = factorial(len(labels)) // prod(factorial(count) for count in counts.values()) <= most
    others = _every(counts, len(labels)) if is_exact else _some(labels, drawn, np.random.default_rng(seed))
    found = [abs(statistic(each)) for each in others]
    # what was seen is one of all arrangements, but comes on top of a sample of them
    extra = 0 if is_exact else 1
    as_far = extra + sum(each >= seen * (1 - _SAME) for each in found)
    least = sum(each >= max(found) * (1 - _SAME) for each in found) / len(found)
    tried = len(found) + extra
    return Randomisation(as_far / tried, least if is_exact else 1 / tried, tried, is_exact)


def _every(counts: Counter[float], length: int) -> Iterator[Numbers]:
    """Every different order of the labels once."""

    def rest(left: Counter[float], made: tuple[float, ...]) -> Iterator[tuple[float, ...]]:
        if len(made) == length:
            yield made
        for label in sorted(left):
            if left[label]:
                yield from rest(left - Counter([label]), (*made, label))

    return (np.array(made) for made in rest(counts, ()))


def _some(labels: Numbers, drawn: int, chance: np.random.Generator) -> Iterator[Numbers]:
    return (chance.permutation(labels) for _ in range(drawn))
