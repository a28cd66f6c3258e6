"""Several tests at once: p-values adjusted so that looking at many outcomes does not find something in nothing."""

import numpy as np
from numpy.typing import ArrayLike
from statsmodels.stats.multitest import multipletests

from analysis.statistics.arguments import numbers


def holm(p_values: ArrayLike) -> list[float]:
    """p-values adjusted by Holm, in the order given: those at most .05 are found with 5 % risk of finding anything in nothing.

    Holm, *Scandinavian Journal of Statistics* 6 (1979). For a few tests that are all said. An empty list gives an empty list. Raises
    ValueError where one is missing or outside 0 to 1.
    """
    found = _checked(p_values)
    order = np.argsort(found, kind="stable")
    stepped = np.maximum.accumulate(np.arange(len(found), 0, -1) * found[order])
    adjusted = np.empty(len(found))
    adjusted[order] = np.minimum(stepped, 1)
    return adjusted.tolist()  # by hand: that of statsmodels collects the garbage of the whole process at each call


def benjamini_hochberg(p_values: ArrayLike) -> list[float]:
    """p-values adjusted by Benjamini and Hochberg, in the order given: of those at most .05, 5 % are expected to be nothing.

    Benjamini and Hochberg, *Journal of the Royal Statistical Society B* 57 (1995). For secondary outcomes. An empty list gives an empty
    list. Raises ValueError where one is missing or outside 0 to 1.
    """
    found = _checked(p_values)
    return multipletests(found, method="fdr_bh")[1].tolist() if len(found) else []


def _checked(p_values: ArrayLike) -> np.ndarray:
    found = numbers("p_values", p_values)
    if ((found < 0) | (found > 1)).any():
        raise ValueError("p_values: each lies between 0 and 1.")
    return found
