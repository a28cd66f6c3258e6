"""Sensitivity to what nobody measured: the published example (Darfur), reference values of other software, and the regression itself."""

import numpy as np
import pytest

from analysis.statistics.unmeasured import e_value, robustness


def test_darfur_as_published() -> None:
    """Cinelli and Hazlett (2020), table 1: t 4.18 with 783 degrees of freedom: 2.2 %, 13.9 %, 7.6 %."""
    found = robustness(4.18445, 783)
    assert (found.partial_r2, found.to_nothing, found.to_chance) == pytest.approx((0.02187, 0.13878, 0.07626), abs=5e-5)
    assert robustness(-4.18445, 783) == found


def test_other_software_says_the_same() -> None:
    """R's sensemakr, from an estimate of .407404970966835 with error .0578602283905763, and where the second formula binds."""
    found = robustness(0.407404970966835 / 0.0578602283905763, 196)
    assert (found.to_nothing, found.to_chance) == pytest.approx((0.392125514801805, 0.302160713916727), abs=1e-9)
    strong = robustness(40, 30)
    assert (strong.to_nothing, strong.to_chance) == pytest.approx((0.981921804436961, 0.9789403653761), abs=1e-9)


def test_something_that_explains_just_that_share_brings_the_coefficient_to_nothing() -> None:
    """Not the formula but a regression: y on x, then on x and a made-up z with partial R2 of the robustness value with both."""
    chance = np.random.default_rng(3)
    basis = np.linalg.qr(np.column_stack([np.ones(200), chance.normal(size=(200, 3))]))[0][:, 1:]
    x, left = basis[:, 0], basis[:, 1]
    y = 0.3 * x + left
    value = robustness(0.3 / np.sqrt(1 / 198), 198).to_nothing
    # z holds sqrt(value) of x; of what x leaves of y it holds sqrt(value) too
    z = np.sqrt(value) * x + np.sqrt(1 - value) * (np.sqrt(value) * left + np.sqrt(1 - value) * basis[:, 2])
    assert np.linalg.lstsq(np.column_stack([x, z]), y, rcond=None)[0][0] == pytest.approx(0, abs=1e-9)


def test_what_is_not_significant_needs_nothing() -> None:
    assert robustness(1.5, 100).to_chance == 0
    assert robustness(0, 100).to_nothing == 0
    with pytest.raises(ValueError, match="degrees"):
        robustness(2, 1)


def test_e_values_of_other_software() -> None:
    """R's EValue: evalues.MD(.5, se = .2); and by hand of a risk ratio of 1."""
    found = e_value(0.5, 0.2)
    assert (found.of_estimate, found.of_interval) == pytest.approx((2.52914198186127, 1.44302956344269), abs=1e-9)
    assert e_value(-0.5, 0.2) == found
    assert e_value(0.1, 0.2).of_interval == 1
    with pytest.raises(ValueError, match="error"):
        e_value(0.5, -1)
