"""Outcomes by fifths of minutes: by hand, ties, how often the intervals hold the truth, and what is refused."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.dose import by_minutes
from tests.statistics import towns


def test_two_bins_by_hand() -> None:
    """Lower half: class a has 1 and 3, so 2; b has 4: mean 3, error 1, t of 1 degree 12.706. Upper half: a alone."""
    low, high = by_minutes([1, 3, 4, 7, 8, 9], [0, 1, 2, 5, 6, 7], [*"aabaaa"], bins=2)
    assert (low.lowest, low.highest, low.pupils, low.classes) == (0, 2, 3, 2)
    assert (low.mean.value, low.mean.low, low.mean.clusters) == (3, pytest.approx(3 - 12.7062, abs=1e-3), 2)
    assert (high.mean.value, high.mean.low, high.mean.high, high.pupils, high.classes) == (8, None, None, 3, 1)


def test_pupils_with_the_same_minutes_stay_together() -> None:
    """Half of ten pupils have none: they are one bin, and nothing is left of the lowest fifth."""
    bins = by_minutes(range(10), [0] * 5 + [1, 2, 3, 4, 5], [*"ab"] * 5)
    assert [(each.lowest, each.highest, each.pupils) for each in bins] == [(0, 0, 5), (1, 1, 1), (2, 3, 2), (4, 5, 2)]
    # eight of ten have the same: the middle of their ranks is where the upper half begins
    assert [each.pupils for each in by_minutes(range(10), [1, *[2] * 8, 3], [*"ab"] * 5, bins=2)] == [1, 9]


pupil = st.tuples(st.floats(-3, 3), st.sampled_from([0.0, 0.0, 1.0, 2.5, 7.0, 30.0]) | st.floats(0, 120), st.sampled_from("abcdef"))


@given(st.lists(pupil, min_size=1, max_size=60), st.integers(2, 6))
def test_every_pupil_is_in_one_bin_and_bins_do_not_overlap(rows: list[tuple], count: int) -> None:
    outcomes, minutes, classes = (list(column) for column in zip(*rows, strict=True))
    bins = by_minutes(outcomes, minutes, classes, count)
    assert 1 <= len(bins) <= count
    assert sum(each.pupils for each in bins) == len(rows)
    assert all(lower.highest < upper.lowest for lower, upper in pairwise(bins))
    for each in bins:
        mine = [row for row in rows if each.lowest <= row[1] <= each.highest]
        means = [np.mean([y for y, _, room in mine if room == one]) for one in {row[2] for row in mine}]
        assert (each.pupils, each.classes, each.mean.value) == (len(mine), len(means), pytest.approx(np.mean(means), abs=1e-9))


def test_distinct_minutes_give_fifths() -> None:
    assert [each.pupils for each in by_minutes(np.zeros(100), np.arange(100), [*"ab"] * 50)] == [20] * 5


def test_intervals_hold_the_truth_where_pupils_of_a_class_are_alike() -> None:
    """400 towns of 24 classes, a fifth of the variance between classes, nothing to find: 93 to 97 %, give or take the simulation."""
    chance, held = np.random.default_rng(9), []
    for _ in range(400):
        room = towns.rooms(chance, 24)
        minutes = towns.minutes(chance, towns.factor(chance, towns.ICC, 24)[room])
        outcomes = chance.normal(0, np.sqrt(0.2), 24)[room] + chance.normal(0, np.sqrt(0.8), len(room))
        held += [each.mean.low <= 0 <= each.mean.high for each in by_minutes(outcomes, minutes, room)]
    assert 0.93 < np.mean(held) < 0.97


def test_nothing_in_nothing_out_and_nonsense_refused() -> None:
    assert by_minutes([], [], []) == []
    with pytest.raises(ValueError, match="minutes: a value is missing"):
        by_minutes([1, 2], [1, None], [*"ab"])
    with pytest.raises(ValueError, match="different lengths"):
        by_minutes([1, 2], [1, 2], ["a"])
    with pytest.raises(ValueError, match="bins"):
        by_minutes([1], [1], ["a"], bins=1)
