"""Oaxaca-Blinder: the results of Stata that statsmodels publishes, and that the parts add up to the gap."""

import numpy as np
import pytest
from statsmodels.datasets.ccard.data import load_pandas

from analysis.statistics.decomposition import oaxaca_blinder


def test_card_spending_of_owners_and_tenants_as_in_stata() -> None:
    """TV-EQ-6: the gap between those who own and those who rent, by age, income and its square."""
    data = load_pandas()
    found = oaxaca_blinder(data.endog, data.exog.drop(columns="OWNRENT"), data.exog["OWNRENT"] == 1)
    parts = (found.gap, found.endowments, found.coefficients, found.interaction)
    assert parts == pytest.approx((158.7504, 321.7482, 75.45371, -238.4515), abs=5e-4)
    assert (found.explained, found.unexplained) == pytest.approx((130.8095, 27.94091), abs=5e-4)


def test_parts_add_up_and_the_sign_is_that_of_those_here() -> None:
    chance = np.random.default_rng(7)
    here = np.arange(200) < 80
    age = chance.normal(9, 1, 200)
    minutes = 10 + 2 * age - 5 * here + chance.normal(0, 3, 200)
    found = oaxaca_blinder(minutes, age, here)
    assert found.gap == pytest.approx(minutes[here].mean() - minutes[~here].mean())
    assert found.gap < 0
    assert found.endowments + found.coefficients + found.interaction == pytest.approx(found.gap)
    assert found.explained + found.unexplained == pytest.approx(found.gap)
    slope = np.polyfit(age[~here], minutes[~here], 1)[0]
    assert found.endowments == pytest.approx(slope * (age[here].mean() - age[~here].mean()))
    assert found.coefficients == pytest.approx(
        np.subtract(*[np.polyval(np.polyfit(age[h], minutes[h], 1), age[~here].mean()) for h in (here, ~here)])
    )


@pytest.mark.parametrize("here", [[True] * 6, [False] * 6, [True] + [False] * 5])
def test_a_group_that_is_empty_or_too_small_says_nothing(here: list[bool]) -> None:
    assert oaxaca_blinder([1, 2, 3, 4, 5, 7], [1, 2, 4, 4, 5, 6], here) is None
