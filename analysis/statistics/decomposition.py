"""Oaxaca-Blinder: how much of a gap between two groups goes with what they have, and how much does not. For researchers, in no report.

Thin over statsmodels, whose results equal those of Stata's `oaxaca` (Jann, *The Stata Journal* 8, 2008). A part that is "explained" is
associated with the gap, never its cause. Standard errors are left to the caller: statsmodels draws pupils one by one, which is wrong
where they share classes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from statsmodels.stats.oaxaca import OaxacaBlinder

from analysis.statistics.arguments import Flags, Numbers, flags_of, numbers, same_length


@dataclass(frozen=True)
class Decomposition:
    """A gap (those here minus the others) in three parts that add up to it, and in two (pooled coefficients), in the unit of amounts."""

    gap: float
    endowments: float
    coefficients: float
    interaction: float
    explained: float
    unexplained: float


def oaxaca_blinder(amounts: ArrayLike, explained_by: ArrayLike, is_here: ArrayLike) -> Decomposition | None:
    """The gap in mean amounts between rows that are here and the others, decomposed over the columns of `explained_by`.

    `explained_by` has one row per amount and one column per characteristic, without a constant, which is added. None where a group is
    empty or has too few different rows for its own regression. Raises ValueError for missing values and lengths that differ.
    """
    y, here, columns = _rows(amounts, explained_by, is_here)
    with_constant = np.column_stack([columns, np.ones(len(y))])
    if any(len(rows) == 0 or np.linalg.matrix_rank(rows) < with_constant.shape[1] for rows in (with_constant[here], with_constant[~here])):
        return None
    # statsmodels takes the lower value of the column that splits as the first group; with swap it would choose the sign itself
    model = OaxacaBlinder(y, np.column_stack([~here, with_constant]).astype(float), 0, hasconst=True, swap=False)
    endowments, coefficients, interaction, gap = model.three_fold().params
    unexplained, explained, _ = model.two_fold().params
    return Decomposition(*map(float, (gap, endowments, coefficients, interaction, explained, unexplained)))


def _rows(amounts: ArrayLike, explained_by: ArrayLike, is_here: ArrayLike) -> tuple[Numbers, Flags, Numbers]:
    y, here = numbers("amounts", amounts), flags_of("is_here", is_here)
    shape = np.shape(explained_by)
    columns = numbers("explained_by", explained_by).reshape(shape if len(shape) == 2 else (-1, 1))
    same_length(amounts=y, explained_by=columns, is_here=here)
    return y, here, columns
