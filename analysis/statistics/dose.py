"""Outcomes by how much a pupil uses: means of fifths of pupils, with intervals that know that pupils of a class share a teacher."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.statistics.arguments import Codes, Numbers, codes_of, numbers, same_length
from analysis.statistics.estimate import Estimate, student


@dataclass(frozen=True)
class Bin:
    """Pupils from `lowest` to `highest` minutes a day, both included; `mean` is that of the outcome, in its unit, over its classes."""

    lowest: float
    highest: float
    mean: Estimate
    pupils: int
    classes: int


def by_minutes(outcomes: ArrayLike, minutes: ArrayLike, classes: ArrayLike, bins: int = 5) -> list[Bin]:
    """The mean outcome of each fifth of pupils in rising order of minutes. One row per pupil: outcome (or progress), minutes a day, class.

    Pupils with the same minutes are never parted, so bins may be of unequal size, and fewer than asked for where many have none. The
    mean of a bin is the mean of its classes' means, each class with the same weight; interval: t with C - 1 degrees of freedom over the C
    classes that have pupils in it, none with one class. Classes that say nothing of a bin are not in it: bins differ in who teaches too,
    so the bins describe and do not compare like with like. Raises ValueError for missing values, lengths that differ, fewer than 2 bins.
    """
    y, x = numbers("outcomes", outcomes), numbers("minutes", minutes)
    codes, _ = codes_of("classes", classes)
    same_length(outcomes=y, minutes=x, classes=codes)
    if bins < 2:
        raise ValueError("bins: at least 2.")
    place = _places(x, bins)
    return [_bin(y[place == at], x[place == at], codes[place == at], np.abs(y).max()) for at in np.unique(place)]


def _places(x: Numbers, bins: int) -> Codes:
    """The bin of each pupil, by the middle of the ranks of all who have the same minutes."""
    _, code, count = np.unique(x, return_inverse=True, return_counts=True)
    middle = np.cumsum(count) - count / 2
    return (middle / max(len(x), 1) * bins).astype(int)[code.ravel()]


def _bin(y: Numbers, x: Numbers, codes: Codes, scale: float) -> Bin:
    sizes = np.bincount(codes)
    means = np.bincount(codes, y)[sizes > 0] / sizes[sizes > 0]
    error = float(means.std(ddof=1) / np.sqrt(len(means))) if len(means) > 1 else None
    mean = student(means.mean(), error, len(means) - 1, scale, len(means))
    return Bin(float(x.min()), float(x.max()), mean, len(y), len(means))
