"""Variances of a mixed model brought to the top of its likelihood from where an optimiser stopped: where the likelihood is flat, they stop
short of it, each at another place.
"""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize

from analysis.statistics.arguments import Numbers
from analysis.statistics.marginal import Block, marginal

# The residual variance, which comes last, stays above this share of all variance: at nought there is no likelihood.
_LEAST_RESIDUAL = 1e-6
_NO_LIKELIHOOD = 1e12
_EXACT = 1e-9  # of the likelihood, and of its slope: far below what has to agree


def refined(blocks: Sequence[Block], variances: Numbers, is_reml: bool) -> Numbers:
    """Variances (none of them a covariance) at the nearest top of the likelihood, each from nought upwards. Same order and length.

    Limited-memory BFGS within bounds (Byrd, Lu, Nocedal and Zhu, *SIAM Journal on Scientific Computing* 16, 1995), on shares of all
    variance, with differences for slopes.
    """
    whole = float(variances.sum())
    floors = [0.0] * (len(variances) - 1) + [_LEAST_RESIDUAL]

    def minus_two(shares: Numbers) -> float:
        found = marginal(blocks, shares * whole, is_reml)
        return _NO_LIKELIHOOD if found is None else found.minus_two_log_likelihood

    start = np.maximum(variances / whole, floors)
    bounds = [(floor, None) for floor in floors]
    found = minimize(minus_two, start, method="L-BFGS-B", bounds=bounds, options={"ftol": _EXACT**1.5, "gtol": _EXACT})
    return np.asarray(found.x * whole, dtype=float)
