"""What could have been seen at all: the smallest effect that a comparison finds in eight cases of ten, to be printed beside every null.

MDES = (t.975 + t.8) * sqrt([icc (1 - R2 between) + (1 - icc)(1 - R2 within) / n] / (P (1 - P) J)), with J - 2 degrees of freedom
(Schochet, *Statistical Power for Random Assignment Evaluations*, NCEE 2008-4026; Bloom, *Evaluation Review* 19, 1995).
"""

from math import sqrt

from scipy.special import stdtrit

_LEAST, _MOST = 3, 1_000_000


def detectable_effect(
    schools: int,
    pupils_per_school: float,
    icc: float,
    between_explained: float = 0,
    within_explained: float = 0,
    treated_share: float = 0.5,
    power: float = 0.8,
) -> float | None:
    """The smallest difference between treated and other schools, in standard deviations, that is found with this power at 5 %.

    `icc`: the share of the variance between schools; `between_explained` and `within_explained`: what prior scores and the like explain
    of it and of the rest; all shares are 0 to 1. None with fewer than 3 schools. Raises ValueError for a share or a size out of range.
    """
    _refuse(pupils_per_school, {"icc": icc, "between_explained": between_explained, "within_explained": within_explained})
    if not 0 < treated_share < 1 or not 0.5 <= power < 1:
        raise ValueError("treated_share lies between 0 and 1, power from .5 up to 1.")
    if schools < _LEAST:
        return None
    variance = icc * (1 - between_explained) + (1 - icc) * (1 - within_explained) / pupils_per_school
    return detectable_from(sqrt(variance / (treated_share * (1 - treated_share) * schools)), schools - 2, power)


def schools_needed(
    effect: float,
    pupils_per_school: float,
    icc: float,
    between_explained: float = 0,
    within_explained: float = 0,
    treated_share: float = 0.5,
    power: float = 0.8,
) -> int | None:
    """The fewest schools that find a difference of `effect` standard deviations; None if not even a million do.

    Other arguments as for `detectable_effect`. Raises ValueError for an effect that is not above 0 and as `detectable_effect` does.
    """
    if effect <= 0:
        raise ValueError("effect: must be above 0.")

    def finds(schools: int) -> bool:
        least = detectable_effect(schools, pupils_per_school, icc, between_explained, within_explained, treated_share, power)
        return least is not None and least <= effect

    if not finds(_MOST):
        return None
    low, high = _LEAST - 1, _MOST
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if finds(middle) else (middle, high)
    return high


def detectable_from(error: float | None, degrees: float, power: float = 0.8) -> float | None:
    """The smallest slope or difference that is found with this power at 5 %, from its standard error and degrees of freedom.

    In the unit of the error; with many degrees of freedom 2.8 times the error. None without an error or below 1 degree of freedom.
    """
    if error is None or degrees < 1:
        return None
    return float((stdtrit(degrees, 0.975) + stdtrit(degrees, power)) * error)


def _refuse(pupils_per_school: float, shares: dict[str, float]) -> None:
    if pupils_per_school <= 0:
        raise ValueError("pupils_per_school: must be above 0.")
    wrong = [name for name, share in shares.items() if not 0 <= share <= 1]
    if wrong:
        raise ValueError(f"{', '.join(wrong)}: a share lies between 0 and 1.")
