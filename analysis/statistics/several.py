"""Several tests at once: p-values adjusted so that looking at many outcomes does not find something in nothing. Thin over statsmodels."""

from numpy.typing import ArrayLike
from statsmodels.stats.multitest import multipletests

from analysis.statistics.arguments import numbers


def holm(p_values: ArrayLike) -> list[float]:
    """p-values adjusted by Holm, in the order given: those at most .05 are found with 5 % risk of finding anything in nothing.

    Holm, *Scandinavian Journal of Statistics* 6 (1979). For a few tests that are all said. An empty list gives an empty list. Raises
    ValueError where one is missing or outside 0 to 1.
    """
    return _adjusted(p_values, "holm")


def benjamini_hochberg(p_values: ArrayLike) -> list[float]:
    """p-values adjusted by Benjamini and Hochberg, in the order given: of those at most .05, 5 % are expected to be nothing.

    Benjamini and Hochberg, *Journal of the Royal Statistical Society B* 57 (1995). For secondary outcomes. An empty list gives an empty
    list. Raises ValueError where one is missing or outside 0 to 1.
    """
    return _adjusted(p_values, "fdr_bh")


def _adjusted(p_values: ArrayLike, method: str) -> list[float]:
    found = numbers("p_values", p_values)
    if ((found < 0) | (found > 1)).any():
        raise ValueError("p_values: each lies between 0 and 1.")
    return multipletests(found, method=method)[1].tolist() if len(found) else []
