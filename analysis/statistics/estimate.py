"""A number with its 95 % interval, as every function of this package that gives one returns it."""

from dataclasses import dataclass

from scipy.special import stdtrit

# Below this share of the data's own size a standard error is what is left of rounding, not a measure of uncertainty.
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Estimate:
    """A value and its 95 % interval, in the unit of the data. None where it cannot be said; never NaN, never infinite.

    `clusters`: the classes (or schools) that the value is made of and its interval rests on; None where nothing is taken by clusters.
    """

    value: float | None
    low: float | None
    high: float | None
    clusters: int | None = None


NOTHING = Estimate(None, None, None)


def student(value: float, error: float | None, degrees: float, scale: float, clusters: int) -> Estimate:
    """The value of so many clusters, plus and minus Student's t at `degrees` degrees of freedom times its standard error.

    No interval with less than one degree of freedom, and none where nothing varies: observations that are all the same, of a `scale`
    (the largest of them), say nothing of how much others would vary.
    """
    if error is None or degrees < 1 or error <= _ROUNDING * scale:
        return Estimate(float(value), None, None, clusters)
    reach = t_quantile(degrees) * error
    return Estimate(float(value), float(value - reach), float(value + reach), clusters)


def t_quantile(degrees: float) -> float:
    """Student's t at 97.5 %."""
    return float(stdtrit(degrees, 0.975))
