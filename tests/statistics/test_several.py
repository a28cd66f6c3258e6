"""Several tests at once: the example of Benjamini and Hochberg (1995), by hand, and what must hold of any p-values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from analysis.statistics.several import benjamini_hochberg, holm

PUBLISHED = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]


def found(adjusted: list[float]) -> int:
    return sum(p <= 0.05 for p in adjusted)


def test_benjamini_and_hochberg_find_four_and_holm_three() -> None:
    assert (found(benjamini_hochberg(PUBLISHED)), found(holm(PUBLISHED))) == (4, 3)


def test_by_hand_in_the_order_given() -> None:
    """Sorted .01, .02, .04: Holm 3 x .01, 2 x .02, 1 x .04, never falling; the other 3/1 x .01, 3/2 x .02, 3/3 x .04."""
    assert holm([0.04, 0.01, 0.02]) == pytest.approx([0.04, 0.03, 0.04])
    assert benjamini_hochberg([0.04, 0.01, 0.02]) == pytest.approx([0.04, 0.03, 0.03])


@given(st.lists(st.floats(0, 1), max_size=12))
def test_adjusting_keeps_the_order_and_never_makes_a_p_value_smaller(p_values: list[float]) -> None:
    for adjusted in (holm(p_values), benjamini_hochberg(p_values)):
        assert len(adjusted) == len(p_values)
        assert all(before - 1e-12 <= after <= 1 for before, after in zip(p_values, adjusted, strict=True))
        assert (np.diff(np.array(adjusted)[np.argsort(p_values, kind="stable")]) >= -1e-12).all()


@pytest.mark.parametrize("seed", range(5))
def test_holm_is_that_of_statsmodels(seed: int) -> None:
    """Ties, zeros and ones among them; by itself that one is right, but slow."""
    p_values = np.round(np.random.default_rng(seed).uniform(size=12) ** 3, 2)
    assert holm(p_values) == pytest.approx(multipletests(p_values, method="holm")[1], abs=1e-12)


@pytest.mark.parametrize("wrong", [[0.5, None], [0.5, 1.5], [-0.1]])
def test_what_is_no_p_value_is_refused(wrong: list) -> None:
    for adjust in (holm, benjamini_hochberg):
        with pytest.raises(ValueError, match="p_values"):
            adjust(wrong)
