"""How strong something that nobody measured would have to be to account for what was found.

Robustness value: Cinelli and Hazlett, "Making sense of sensitivity", *Journal of the Royal Statistical Society B* 82 (2020).
E-value: VanderWeele and Ding, "Sensitivity analysis in observational research", *Annals of Internal Medicine* 167 (2017).
"""

from dataclasses import dataclass
from math import exp, sqrt

from scipy.special import stdtrit

# A standardised difference d as a risk ratio, and its standard error (VanderWeele and Ding 2017, table 2; Chinn 2000).
_TO_RISK_RATIO, _TO_RISK_RATIO_ERROR = 0.91, 1.78


@dataclass(frozen=True)
class Robustness:
    """Shares of variance, 0 to 1, of a regression coefficient.

    `partial_r2`: what the regressor explains of what the others leave of the outcome. `to_nothing`: an unmeasured thing that explains this
    share of what is left of both the regressor and the outcome would bring the coefficient to zero. `to_chance`: the same, to where it is
    no longer significant at 5 %; 0 if it is not to begin with.
    """

    partial_r2: float
    to_nothing: float
    to_chance: float


@dataclass(frozen=True)
class EValue:
    """Risk ratios, from 1 upwards: how closely an unmeasured thing would have to go with both the treatment and the outcome.

    `of_estimate`: to bring the estimate to nothing; `of_interval`: to bring the nearer end of its interval there (1 if it is there).
    """

    of_estimate: float
    of_interval: float


def robustness(t: float, degrees: float) -> Robustness:
    """The robustness values of a coefficient from its t statistic and the residual degrees of freedom.

    Raises ValueError with fewer than 2 degrees of freedom.
    """
    if degrees < 2:
        raise ValueError("degrees: at least 2.")
    f = abs(t) / sqrt(degrees)
    critical = float(stdtrit(degrees - 1, 0.975)) / sqrt(degrees - 1)
    return Robustness(t**2 / (t**2 + degrees), _value(f), _to_chance(f, critical))


def e_value(difference: float, error: float) -> EValue:
    """The E-values of a difference in standard deviations with its standard error. Raises ValueError for a negative error."""
    if error < 0:
        raise ValueError("error: cannot be negative.")
    size = _TO_RISK_RATIO * abs(difference)
    return EValue(_e(exp(size)), _e(exp(max(0.0, size - _TO_RISK_RATIO_ERROR * error))))


def _value(f: float) -> float:
    return (sqrt(f**4 + 4 * f**2) - f**2) / 2


def _to_chance(f: float, critical: float) -> float:
    if f <= critical:
        return 0.0
    # where it would explain the outcome whole before it explained as much of the regressor
    if f > 1 / critical:
        return (f**2 - critical**2) / (1 + f**2)
    return _value(f - critical)


def _e(risk_ratio: float) -> float:
    return risk_ratio + sqrt(risk_ratio * (risk_ratio - 1))
