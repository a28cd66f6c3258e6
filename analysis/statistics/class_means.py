"""Progress of whole classes against their mean minutes, where no result of a pupil is at hand: one slope, between classes alone."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from statsmodels.regression.linear_model import WLS

from analysis.statistics.arguments import Numbers, codes_of, numbers, same_length
from analysis.statistics.refusal import Refusal
from analysis.statistics.value_added import (
    LEAST_CLASSES,
    LEAST_DEGREES,
    LEAST_SPREAD,
    UNIT,
    Slope,
    in_deviations,
    known_ips,
    slope_of,
)


def class_progress(
    means: ArrayLike,
    prior_means: ArrayLike,
    spreads: Sequence[float | None],
    pupils: ArrayLike,
    minutes: ArrayLike,
    levels: ArrayLike,
    ips: Sequence[float | None] | None = None,
) -> Slope | Refusal:
    """The slope of the later mean over the mean minutes of use a school day, at the same earlier mean, level and IPS. One row per class.

    `spreads`: the standard deviation of the pupils of each class in the later test; means are told in their pooled one, by level, so that
    the slope is in standard deviations of pupils. Least squares weighted by pupils, errors that do not suppose equal spread (HC3: MacKinnon
    and White, *Journal of Econometrics* 29, 1985), Student's t at classes less coefficients. `ips` counts only where all are known. A
    Refusal says "too few classes", "no spread of pupils", "no spread of minutes" or "columns repeat one another". Raises ValueError for
    missing values (but spreads and IPS) and for lengths that differ.
    """
    used, weights, (level, count) = numbers("minutes", minutes) / UNIT, numbers("pupils", pupils), codes_of("levels", levels)
    later, earlier = numbers("means", means), numbers("prior_means", prior_means)
    same_length(means=later, prior_means=earlier, minutes=used, pupils=weights, levels=level)
    if len(later) < LEAST_CLASSES:
        return Refusal("too few classes", len(later), LEAST_CLASSES)
    if any(spread is None or not spread > 0 for spread in spreads):
        return Refusal("no spread of pupils")
    if used.std() * UNIT <= LEAST_SPREAD:
        return Refusal("no spread of minutes")
    scale = _pooled(numbers("spreads", np.array(spreads, dtype=float)), weights, level, count)
    columns = [used, earlier / scale, *((level == each).astype(float) for each in range(count)), *_known(ips)]
    return _slope(later / scale, np.column_stack(columns), weights)


def _pooled(spreads: Numbers, weights: Numbers, level: np.ndarray, count: int) -> Numbers:
    """The standard deviation of the pupils of each row's level, classes weighted by their pupils."""
    squares = np.bincount(level, weights * spreads**2, count) / np.bincount(level, weights, count)
    return np.sqrt(squares)[level]


def _known(ips: Sequence[float | None] | None) -> list[Numbers]:
    found = known_ips(ips)
    return [] if found is None or len(np.unique(found)) < 3 else [in_deviations(found)]


def _slope(outcomes: Numbers, columns: Numbers, weights: Numbers) -> Slope | Refusal:
    if np.linalg.matrix_rank(columns) < columns.shape[1]:
        return Refusal("columns repeat one another")
    degrees = len(outcomes) - columns.shape[1]
    if degrees < LEAST_DEGREES:
        return Refusal("too few classes", len(outcomes), columns.shape[1] + LEAST_DEGREES)
    found = WLS(outcomes, columns, weights=weights).fit(cov_type="HC3")
    return slope_of(float(found.params[0]), float(found.bse[0]), degrees, len(outcomes))
