"""Little or nothing in: a defined result or None, never NaN, infinity, a warning or a crash; and what is missing is refused."""

import dataclasses
import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import concentration, decomposition, gaps, inequality, survival
from analysis.statistics.concentration import RelativeIndex
from analysis.statistics.estimate import NOTHING, Estimate
from analysis.statistics.inequality import TheilParts

pytestmark = pytest.mark.filterwarnings("error")

A, B = [True, False], [False, True]


def alone(value: float, clusters: int | None = None) -> Estimate:
    """A value without an interval, made of so many clusters."""
    return Estimate(value, None, None, clusters)


TABLE: list[tuple[Callable, tuple, Any]] = [
    # nobody, nothing, one pupil, all the same
    *[(index, ([],), None) for index in (inequality.gini, inequality.theil_t, inequality.theil_l, inequality.zero_share)],
    *[(index, ([0, 0, 0],), None) for index in (inequality.gini, inequality.gini_of_users, inequality.theil_t, inequality.theil_l)],
    *[(index, ([7],), 0) for index in (inequality.gini, inequality.gini_of_users, inequality.theil_t, inequality.theil_l)],
    *[(index, ([0.1] * 3,), 0) for index in (inequality.gini, inequality.theil_t, inequality.theil_l, inequality.zero_share)],
    (inequality.zero_share, ([0, 0],), 1),
    (inequality.gini, ([0, 0, 0, 8],), 3 / 4),
    (inequality.theil_t, ([0, 0, 0, 8],), math.log(4)),
    (inequality.theil_l, ([0, 1],), None),
    (inequality.atkinson, ([], 0.5), None),
    (inequality.atkinson, ([0, 0], 0.5), None),
    (inequality.atkinson, ([0, 1], 1), None),
    (inequality.atkinson, ([0, 1], 2), None),
    (inequality.atkinson, ([0, 1], 0.5), 0.5),
    (inequality.atkinson, ([1, 3], 0), 0),
    (inequality.atkinson, ([5, 5], 300), 0),
    (inequality.theil_parts, ([], []), TheilParts(None, None)),
    (inequality.theil_parts, ([0, 0], [*"ab"]), TheilParts(None, None)),
    (inequality.theil_parts, ([0, 0, 4], [*"aab"]), TheilParts(math.log(3), 0)),
    (inequality.theil_parts, ([0, 4], [*"aa"]), TheilParts(0, math.log(2))),
    (inequality.theil_between_share, ([], []), NOTHING),
    (inequality.theil_between_share, ([1, 2], [*"aa"]), NOTHING),
    (inequality.theil_between_share, ([2, 2], [*"ab"]), NOTHING),
    (inequality.theil_between_share, ([0, 0], [*"ab"]), NOTHING),
    (inequality.theil_between_share, ([1, 3], [*"ab"]), alone(1)),
    (inequality.between_share_by_chance, ([],), None),
    (inequality.between_share_by_chance, (["a"],), None),
    (inequality.between_share_by_chance, ([*"aaa"],), 0),
    (inequality.between_share_by_chance, ([*"ab"], [0, 0]), None),
    (inequality.between_share_by_chance, ([*"ab"], [2, 2]), None),
    (inequality.lorenz, ([], [0.5]), None),
    (inequality.lorenz, ([0, 0], [0.5]), None),
    (inequality.lorenz, ([7], [0, 0.5, 1]), [0, 0.5, 1]),
    # one school, all of one rank, two schools, all alike
    *[(index, ([5.0], [100]), NOTHING) for index in (concentration.slope_index, concentration.concentration_index)],
    *[(index, ([], []), NOTHING) for index in (concentration.slope_index, concentration.concentration_index)],
    *[(index, ([5, 9, 1], [100] * 3), NOTHING) for index in (concentration.slope_index, concentration.concentration_index)],
    (concentration.slope_index, ([1, 3], [90, 110]), alone(4, 2)),
    (concentration.slope_index, ([1, 3, 5], [90, 110, 110]), alone(6, 3)),
    (concentration.slope_index, ([0, 0, 0, 0], [1, 2, 3, 4]), alone(0, 4)),
    (concentration.concentration_index, ([0, 0, 0, 0], [1, 2, 3, 4]), NOTHING),
    (concentration.concentration_index, ([1, 3], [90, 110]), alone(0.25, 2)),
    (concentration.relative_index, ([0, 0, 0], [1, 2, 3]), RelativeIndex(None, None)),
    (concentration.relative_index, ([0, 4], [1, 2]), RelativeIndex(None, 4)),
    (concentration.relative_index, ([4, 0], [1, 2]), RelativeIndex(None, -4)),
    (concentration.relative_index, ([5], [1]), RelativeIndex(None, None)),
    (concentration.concentration_curve, ([0, 0], [1, 2]), None),
    (concentration.concentration_curve, ([], []), None),
    (concentration.concentration_curve, ([5, 15], [1, 1]), ([0, 1], [0, 1])),
    (concentration.erreygers, ([0, 0], [1, 2]), 0),
    (concentration.erreygers, ([0.5], [1]), None),
    (concentration.wagstaff, ([0, 0], [1, 2]), None),
    (concentration.wagstaff, ([1, 1], [1, 2]), None),
    # one class, no comparison group, classes with one kind only, all alike
    *[(gap, ([], [], []), NOTHING) for gap in (gaps.within_clusters, gaps.between_clusters, gaps.change)],
    (gaps.within_clusters, ([5], ["a"], [True]), NOTHING),
    (gaps.within_clusters, ([1, 2], [*"ab"], A), NOTHING),
    (gaps.within_clusters, ([1, 2], [*"aa"], [True, True]), NOTHING),
    (gaps.within_clusters, ([1, 2], [*"aa"], A), alone(-1, 1)),
    (gaps.within_clusters, ([1, 2, 9], [*"aab"], [*A, True]), alone(-1, 1)),
    (gaps.within_clusters, ([0] * 4, [*"aabb"], A * 2), alone(0, 2)),
    (gaps.within_clusters, ([1, 2, 1, 5], [*"aabb"], A * 2, ["x"] * 4), alone(-2.5, 1)),
    (gaps.within_clusters, ([1, 2], [*"ab"], A, [*"xy"]), NOTHING),
    (gaps.between_clusters, ([1, 2], [*"ab"], A), alone(-1, 2)),
    (gaps.between_clusters, ([1, 2, 3], [*"abc"], [True, False, False]), alone(-1.5, 3)),
    (gaps.between_clusters, ([1, 2], [*"aa"], A), NOTHING),
    (gaps.between_clusters, ([1, 2], [*"ab"], [True, True]), NOTHING),
    (gaps.between_clusters, ([3] * 4, [*"abcd"], A * 2), alone(0, 4)),
    (gaps.change, ([1, 2], [3, 5], [*"aa"]), alone(2.5, 1)),
    (gaps.change, ([0] * 3, [0] * 3, [*"abc"]), alone(0, 3)),
    (gaps.change, ([1.1, 2.2], [2.2, 3.3], [*"ab"]), alone(1.1, 2)),
    # nobody, nobody who starts, everybody at once, one class, the data end before
    *[(ask, ([], [], []), NOTHING) for ask in (survival.median_days, lambda *rows: survival.started_share(*rows, within=5))],
    (survival.median_days, ([9, 9], [False, False], [*"ab"]), NOTHING),
    (survival.median_days, ([3, 9], [True, False], [*"aa"]), alone(3, 1)),
    (survival.median_days, ([3, 3], [True, True], [*"ab"]), alone(3, 2)),
    (survival.started_share, ([9, 9], [False, False], [*"ab"], 5), alone(0, 2)),
    (survival.started_share, ([9, 9], [False, False], [*"ab"], 10), NOTHING),
    (survival.started_share, ([3, 4], [True, True], [*"ab"], 10), alone(1, 2)),
    (survival.started_share, ([3, 9, 3, 9], [*A, *A], [*"aabb"], 5), alone(0.5, 2)),
    (survival.started_share, ([3, 9], [True, False], [*"aa"], 5), alone(0.5, 1)),
    (survival.log_rank, ([], [], []), None),
    (survival.log_rank, ([1, 2], [True, True], [*"aa"]), None),
    (survival.log_rank, ([1, 2], [False, False], [*"ab"]), None),
    (survival.log_rank, ([3, 3], [True, True], [*"ab"]), None),
    (decomposition.oaxaca_blinder, ([], [], []), None),
    (decomposition.oaxaca_blinder, ([1, 2, 3], [1, 1, 1], [True, False, True]), None),
]


def parts(found: object) -> list:
    """A result as a flat list of numbers and None."""
    if dataclasses.is_dataclass(found) and not isinstance(found, type):
        found = dataclasses.astuple(found)
    return [part for each in found for part in parts(each)] if isinstance(found, list | tuple | np.ndarray) else [found]


@pytest.mark.parametrize(("function", "given_values", "expected"), TABLE, ids=[f"{row[0].__name__}-{i}" for i, row in enumerate(TABLE)])
def test_little_in_gives_a_defined_result(function: Callable, given_values: tuple, expected: object) -> None:
    found = parts(function(*given_values))
    assert found == [each if each is None else pytest.approx(each, abs=1e-12) for each in parts(expected)]
    assert not [each for each in found if isinstance(each, float) and not math.isfinite(each)]


def answers(amounts: list, labels: list, flags: list, ranks: list) -> Iterator[object]:
    """Every function of the package asked about the same few pupils, or schools."""
    for one in (inequality.gini, inequality.zero_share, inequality.gini_of_users, inequality.theil_t, inequality.theil_l):
        yield one(amounts)
    yield [inequality.atkinson(amounts, epsilon) for epsilon in (0, 0.5, 1, 2, 50)]
    yield inequality.lorenz(amounts, [0, 0.3, 1])
    for two in (inequality.theil_parts, inequality.theil_between_share):
        yield two(amounts, labels)
    yield inequality.between_share_by_chance(labels, amounts)
    for ranked in (
        concentration.slope_index,
        concentration.relative_index,
        concentration.concentration_index,
        concentration.concentration_curve,
    ):
        yield ranked(amounts, ranks)
    shares = [amount / 120 for amount in amounts]
    yield concentration.erreygers(shares, ranks), concentration.wagstaff(shares, ranks)
    yield gaps.within_clusters(amounts, labels, flags), gaps.within_clusters(amounts, labels, flags, ranks)
    yield gaps.between_clusters(amounts, labels, flags), gaps.change(amounts, amounts[::-1], labels)
    days = [int(amount) for amount in amounts]
    yield survival.survival_curve(days, flags), survival.median_days(days, flags, labels), survival.started_share(days, flags, labels, 10)
    yield survival.log_rank(days, flags, labels), decomposition.oaxaca_blinder(amounts, ranks, flags)


few = st.tuples(st.sampled_from([0.0, 0.1, 1.0, 30.0, 120.0]), st.sampled_from("abc"), st.booleans(), st.sampled_from([90, 100, 110]))


@given(st.lists(few, max_size=7))
def test_no_few_pupils_give_nan_infinity_a_warning_or_a_crash(rows: list[tuple]) -> None:
    amounts, labels, flags, ranks = ([row[i] for row in rows] for i in range(4))
    for found in answers(amounts, labels, flags, ranks):
        assert [each for each in parts(found) if not (each is None or math.isfinite(each))] == []
        for estimate in found if isinstance(found, tuple) else (found,):
            if isinstance(estimate, Estimate) and estimate.low is not None:
                assert estimate.low - 1e-9 <= estimate.value <= estimate.high + 1e-9


@pytest.mark.parametrize(
    ("function", "given_values", "complaint"),
    [
        (inequality.gini, ([1, None],), "amounts: a value is missing"),
        (inequality.gini, ([1, math.nan],), "amounts: a value is missing"),
        (inequality.gini, ([1, math.inf],), "amounts: a value is missing or infinite"),
        (inequality.gini, ([1, -1],), "negative"),
        (inequality.gini, (np.ma.array([1, 2], mask=[0, 1]),), "amounts: a value is missing"),
        (inequality.atkinson, ([1, 2], -1), "epsilon"),
        (inequality.lorenz, ([1, 2], [1.5]), "at: shares"),
        (inequality.theil_parts, ([1, 2], ["a"]), "Columns of different lengths: amounts 2, clusters 1"),
        (inequality.theil_parts, ([1, 2], ["a", None]), "clusters: a value is missing"),
        (concentration.slope_index, ([1, 2], [1, 2], [5, 0]), "weights: each must be above 0"),
        (concentration.slope_index, ([1, 2], [1, 2], [5]), "different lengths"),
        (concentration.erreygers, ([1, 2], [1, 2]), "for shares"),
        (gaps.within_clusters, ([1, 2], [*"aa"], [True, None]), "is_here: a value is missing"),
        (gaps.within_clusters, ([1, 2], [*"aa"], ["f", "m"]), "is_here: a value is neither true nor false"),
        (survival.started_share, ([-1], [True], ["a"], 3), "days: a number of school days"),
    ],
)
def test_what_is_missing_or_misread_is_refused(function: Callable, given_values: tuple, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        function(*given_values)


def test_numpy_arrays_as_the_build_hands_them_over() -> None:
    amounts, rooms = np.array([10.0, 20, 12, 20]), np.array([*"aabb"], dtype=object)
    found = gaps.within_clusters(amounts=amounts, clusters=rooms, is_here=np.array(A * 2))
    assert found.value == -9
    assert [type(each) for each in dataclasses.astuple(found)] == [float, float, float, int]
