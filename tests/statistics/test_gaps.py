"""Gaps between groups: by hand, a second implementation, and that the class is what is counted."""

from statistics import mean, stdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics import gaps
from tests.statistics import plainly

pupil = st.tuples(st.floats(0, 120), st.sampled_from("abcdef"), st.booleans())
pupils = st.lists(pupil, min_size=4, max_size=40)


def test_two_classes_by_hand() -> None:
    """Class a: 10 - 20 = -10; class b: 16 - 20 = -4; c has one kind only. Mean -7, error 3, t of 1 degree 12.706."""
    amounts = [10, 20, 12, 20, 20, 20, 99]
    found = gaps.within_clusters(amounts, [*"aabbbbc"], [True, False, True, True, False, False, True])
    assert (found.value, found.low, found.high) == pytest.approx((-7, -7 - 12.7062 * 3, -7 + 12.7062 * 3), abs=1e-3)


def test_schools_are_counted_where_they_are_given() -> None:
    """School x: class gaps 2 and 4, so 3; school y: 9. Mean 6, error 3; over classes it would be 5. Labels of classes may repeat."""
    amounts = [2, 0, 4, 0, 9, 0]
    found = gaps.within_clusters(amounts, [*"aabbaa"], [True, False] * 3, [*"xxxxyy"])
    assert (found.value, found.high) == pytest.approx((6, 6 + 12.7062 * 3), abs=1e-3)


def test_whole_classes_by_hand() -> None:
    """Class means 10 and 14 against 20, 22, 24: 12 - 22 = -10; pooled variance (8 + 8)/3, times 1/2 + 1/3: error 2.1082; t of 3 degrees."""
    amounts, rooms = [8, 12, 14, 20, 22, 24, 50, 60], [*"aabcdemm"]
    found = gaps.between_clusters(amounts, rooms, [True, True, True, False, False, False, True, False])
    assert found.value == pytest.approx(-10)
    assert found.high == pytest.approx(-10 + 3.18245 * (16 / 3 * 5 / 6) ** 0.5, abs=1e-4)


def test_a_change_by_hand() -> None:
    """Class a changes by 2 and 4, so 3; class b by 5: mean 4, error 1."""
    found = gaps.change([10, 10, 20], [12, 14, 25], [*"aab"])
    assert (found.value, found.low) == pytest.approx((4, 4 - 12.7062), abs=1e-4)


@given(pupils)
def test_gaps_within_classes_computed_again(rows: list[tuple[float, str, bool]]) -> None:
    amounts, rooms, here = (list(column) for column in zip(*rows, strict=True))
    found, by_class = gaps.within_clusters(amounts, rooms, here), list(plainly.gaps_by_class(amounts, rooms, here).values())
    if not by_class:
        assert found.value is None
        return
    assert found.value == pytest.approx(mean(by_class), abs=1e-9)
    if len(by_class) > 1 and stdev(by_class) > 1e-6:
        limits = stats.t.interval(0.95, len(by_class) - 1, mean(by_class), stdev(by_class) / len(by_class) ** 0.5)
        assert (found.low, found.high) == pytest.approx(limits, abs=1e-6)


@pytest.mark.filterwarnings("ignore:Precision loss")  # scipy's, where one side hardly varies
@given(st.lists(st.floats(0, 120), min_size=2, max_size=8), st.lists(st.floats(0, 120), min_size=2, max_size=8))
def test_gaps_between_classes_are_scipy_s_t_test_of_class_means(ours: list[float], others: list[float]) -> None:
    amounts, rooms = [a for a in ours + others for _ in (0, 1)], np.repeat(np.arange(len(ours + others)), 2)
    found = gaps.between_clusters(amounts, rooms, rooms < len(ours))
    assert found.value == pytest.approx(mean(ours) - mean(others), abs=1e-9)
    if stdev(ours) + stdev(others) > 1e-6:
        limits = stats.ttest_ind(ours, others).confidence_interval(0.95)
        assert (found.low, found.high) == pytest.approx((limits.low, limits.high), abs=1e-6)


@given(pupils, st.floats(-50, 50), st.floats(0.1, 10))
def test_sign_level_unit_and_order(rows: list[tuple[float, str, bool]], more: float, unit: float) -> None:
    amounts, rooms, here = (np.array(column) for column in zip(*rows, strict=True))
    found = gaps.within_clusters(amounts, rooms, here)
    if found.value is None:
        return
    assert gaps.within_clusters(amounts, rooms, ~here).value == pytest.approx(-found.value, abs=1e-9)
    assert gaps.within_clusters(amounts + more, rooms, here).value == pytest.approx(found.value, abs=1e-9)
    assert gaps.within_clusters(amounts * unit, rooms, here).value == pytest.approx(found.value * unit, abs=1e-8)
    assert gaps.within_clusters(amounts[::-1], rooms[::-1], here[::-1]).value == pytest.approx(found.value, abs=1e-9)
    assert gaps.change(amounts, amounts + more, rooms).value == pytest.approx(more, abs=1e-9)


def test_more_pupils_of_the_same_classes_make_nothing_surer() -> None:
    amounts, rooms, here = [10, 20, 12, 20, 30, 10], [*"aabbcc"], [True, False] * 3
    once, often = gaps.within_clusters(amounts, rooms, here), gaps.within_clusters(amounts * 50, rooms * 50, here * 50)
    assert (once.value, once.low, once.high) == pytest.approx((often.value, often.low, often.high))
