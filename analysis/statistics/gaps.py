"""Gaps between groups of pupils, with intervals that know that pupils of a class share a teacher: the class is what is counted.

Means of classes (or schools) are compared with Student's t, each class with the same weight. An interval from pupils one by one would
be about half as wide as it should be (docs/intervals.md). The sign is always: those who are here, minus the others.
"""

import numpy as np
from numpy.typing import ArrayLike

from analysis.statistics.arguments import Codes, Flags, Numbers, codes_of, flags_of, numbers, same_length
from analysis.statistics.estimate import NOTHING, Estimate, student


def within_clusters(amounts: ArrayLike, clusters: ArrayLike, is_here: ArrayLike, groups: ArrayLike | None = None) -> Estimate:
    """The gap between pupils who are here (girls, say) and the others of the same class, on average over classes that have both.

    One row per pupil: amount, class, whether the pupil is here and, for a territory, `groups`, the school. In the unit of the amounts.
    Interval: t with C - 1 degrees of freedom over C classes; with groups, class gaps are averaged by school first, and schools counted.
    No interval with one class (one school); no value where no class has both kinds. Raises ValueError for missing values.
    """
    x, codes, here = _rows(amounts, clusters, is_here)
    schools = np.zeros_like(codes) if groups is None else codes_of("groups", groups)[0]
    same_length(amounts=x, groups=schools)
    # labels of classes may repeat from one school to the next
    rooms, codes = np.unique(np.column_stack([schools, codes]), axis=0, return_inverse=True)
    ours, others = (_means(x, codes.ravel(), len(rooms), kind) for kind in (here, ~here))
    has_both = np.isfinite(ours) & np.isfinite(others)
    gaps, school = (ours - others)[has_both], rooms[has_both, 0]
    if groups is not None and len(gaps):
        gaps = _by_school(gaps, school)
    return _mean(gaps, np.abs(x).max(initial=0))


def between_clusters(amounts: ArrayLike, clusters: ArrayLike, is_here: ArrayLike) -> Estimate:
    """The gap between classes that are here (tablets go home, REP) and the others: the difference of two means of class means.

    One row per pupil; a class is wholly here or wholly there, and one that is both is left out, as it answers another question.
    Interval: two-sample t, pooled variance, C - 2 degrees of freedom over C classes; none where one side has fewer than 2 classes, for the
    other side's spread would have to be taken on trust. No value where one side has none. Raises ValueError for missing values.
    """
    x, codes, here = _rows(amounts, clusters, is_here)
    count = int(codes.max(initial=-1)) + 1
    ours, others = (_means(x, codes, count, kind) for kind in (here, ~here))
    a, b = ours[np.isfinite(ours) & ~np.isfinite(others)], others[np.isfinite(others) & ~np.isfinite(ours)]
    if not len(a) or not len(b):
        return NOTHING
    error, degrees = None, len(a) + len(b) - 2
    if min(len(a), len(b)) > 1:
        pooled = (((a - a.mean()) ** 2).sum() + ((b - b.mean()) ** 2).sum()) / degrees
        error = float(np.sqrt(pooled * (1 / len(a) + 1 / len(b))))
    return student(a.mean() - b.mean(), error, degrees, np.abs(x).max(), len(a) + len(b))


def change(before: ArrayLike, after: ArrayLike, clusters: ArrayLike) -> Estimate:
    """The change from before to after (a training, say), paired by class: after minus before, on average over classes.

    One row per pupil (or class) known at both times. Interval: t with C - 1 degrees of freedom over C classes; none with one class.
    Raises ValueError for missing values.
    """
    first, second = numbers("before", before), numbers("after", after)
    codes, count = codes_of("clusters", clusters)
    same_length(before=first, after=second, clusters=codes)
    changes = _means(second - first, codes, count, np.ones(len(codes), dtype=bool))
    return _mean(changes, np.abs([*first, *second]).max(initial=0))


def _rows(amounts: ArrayLike, clusters: ArrayLike, is_here: ArrayLike) -> tuple[Numbers, Codes, Flags]:
    x, here = numbers("amounts", amounts), flags_of("is_here", is_here)
    codes, _ = codes_of("clusters", clusters)
    same_length(amounts=x, clusters=codes, is_here=here)
    return x, codes, here


def _means(x: Numbers, codes: Codes, count: int, kind: Flags) -> Numbers:
    """The mean of each cluster over its pupils of one kind; infinite where it has none."""
    sums, sizes = np.bincount(codes[kind], x[kind], count), np.bincount(codes[kind], minlength=count)
    return np.divide(sums, sizes, out=np.full(count, np.inf), where=sizes > 0)


def _by_school(gaps: Numbers, schools: Codes) -> Numbers:
    _, places = np.unique(schools, return_inverse=True)
    return np.bincount(places.ravel(), gaps) / np.bincount(places.ravel())


def _mean(gaps: Numbers, scale: float) -> Estimate:
    """The mean of independent gaps, with Student's t."""
    if not len(gaps):
        return NOTHING
    error = float(gaps.std(ddof=1) / np.sqrt(len(gaps))) if len(gaps) > 1 else None
    return student(gaps.mean(), error, len(gaps) - 1, scale, len(gaps))
