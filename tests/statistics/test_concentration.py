"""Use against the rank of schools: published values, a second implementation, and what is true of any schools."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtrit

from analysis.statistics import concentration
from tests.statistics import plainly

QUINTILES = [1, 2, 3, 4, 5]
INDIA = [154.7, 152.9, 119.5, 86.9, 54.3], QUINTILES, [29939, 28776, 26528, 24689, 19739]  # O'Donnell et al. 2008, 8.1 (TV-EQ-4)
BY_HAND = [0.2, 0.35, 0.5, 0.6, 0.75], QUINTILES  # TV-EQ-5

school = st.tuples(st.floats(0, 120), st.integers(60, 130), st.integers(20, 400))
schools = st.lists(school, min_size=3, max_size=12).filter(
    lambda rows: len({by for _, by, _ in rows}) > 1 and sum(a for a, _, _ in rows) > 1
)


def columns(rows: list[tuple[float, int, int]]) -> tuple[list[float], list[int], list[int]]:
    amounts, by, weights = (list(column) for column in zip(*rows, strict=True))
    return amounts, by, weights


def test_child_mortality_in_india() -> None:
    assert concentration.concentration_index(*INDIA).value == pytest.approx(-0.1694, abs=5e-5)
    assert plainly.concentration_terms(*INDIA) == pytest.approx([-0.0008, -0.0267, -0.0592, -0.0827], abs=5e-5)
    people, held = concentration.concentration_curve(*INDIA)
    terms = [people[t] * held[t + 1] - people[t + 1] * held[t] for t in range(5)]
    assert terms == pytest.approx([0, -0.0008, -0.0267, -0.0592, -0.0827], abs=5e-5)


def test_five_quintiles_by_hand() -> None:
    assert concentration.ridits(QUINTILES) == pytest.approx([0.1, 0.3, 0.5, 0.7, 0.9])
    assert concentration.slope_index(*BY_HAND).value == pytest.approx(0.675)
    relative = concentration.relative_index(*BY_HAND)
    assert relative.ratio == pytest.approx(5.7368, abs=5e-5)
    assert relative.over_mean == pytest.approx(1.40625)
    assert concentration.concentration_index(*BY_HAND).value == pytest.approx(0.225)
    assert concentration.erreygers(*BY_HAND) == pytest.approx(0.432)
    assert concentration.wagstaff(*BY_HAND) == pytest.approx(0.43269, abs=5e-6)


def test_ridits_are_midpoints_and_ties_share_theirs() -> None:
    assert concentration.ridits([1, 2, 3], [12, 10, 78]) == pytest.approx([0.06, 0.17, 0.61])
    assert concentration.ridits([5, 1, 5, 9], [1, 1, 1, 1]) == pytest.approx([0.5, 0.125, 0.5, 0.875])


def test_the_interval_of_a_slope_by_hand() -> None:
    """Three equal schools, ridits 1/6, 1/2, 5/6, amounts 0, 3, 0: slope 0, mean 1, errors -1, 2, -1, leverages 5/6, 1/3, 5/6.

    The middle school does not pull the slope. Each of the others: 1/3 x 6 x 1/3 / (2/27) = 9; the error is 9 times the root of 2.
    """
    found = concentration.slope_index([0, 3, 0], [1, 2, 3])
    assert found.value == pytest.approx(0)
    assert found.high == pytest.approx(stdtrit(1, 0.975) * 9 * 2**0.5)


@given(schools)
def test_slope_and_concentration_computed_again(rows: list[tuple[float, int, int]]) -> None:
    given_columns = columns(rows)
    found = concentration.slope_index(*given_columns)
    assert concentration.ridits(*given_columns[1:]) == pytest.approx(plainly.ridits(*given_columns[1:]))
    assert found.value == pytest.approx(plainly.slope(*given_columns), abs=1e-6)
    terms = plainly.concentration_terms(*given_columns)
    assert concentration.concentration_index(*given_columns).value == pytest.approx(sum(terms), abs=1e-9)


@given(schools.filter(lambda rows: len({by for _, by, _ in rows}) > 2 and len({round(a, 3) for a, _, _ in rows}) > 2))
def test_the_error_of_the_slope_computed_again(rows: list[tuple[float, int, int]]) -> None:
    given_columns = columns(rows)
    found = concentration.slope_index(*given_columns)
    if found.high is not None:
        reach = stdtrit(len(rows) - 2, 0.975) * plainly.jackknife_like_slope_error(*given_columns)
        assert found.high - found.value == pytest.approx(reach, rel=1e-5, abs=1e-5)


@given(schools, st.floats(0.1, 50))
def test_signs_units_and_bounds(rows: list[tuple[float, int, int]], unit: float) -> None:
    amounts, by, weights = columns(rows)
    upward, index = concentration.slope_index(amounts, by, weights), concentration.concentration_index(amounts, by, weights)
    downward = concentration.slope_index(amounts, [-rank for rank in by], weights)
    assert downward.value == pytest.approx(-upward.value, abs=1e-6)
    assert concentration.slope_index([a * unit for a in amounts], by, weights).value == pytest.approx(upward.value * unit, abs=1e-5)
    assert concentration.concentration_index([a * unit for a in amounts], by, weights).value == pytest.approx(index.value, abs=1e-9)
    assert concentration.slope_index(amounts, [rank**3 for rank in by], weights).value == pytest.approx(upward.value, abs=1e-6)
    assert -1 < index.value < 1


@given(schools)
def test_bounded_indices_of_those_who_do_and_those_who_do_not(rows: list[tuple[float, int, int]]) -> None:
    amounts, by, weights = columns(rows)
    shares, others = [a / 120 for a in amounts], [1 - a / 120 for a in amounts]
    index, mean = (
        concentration.concentration_index(shares, by, weights).value,
        sum(s * w for s, w in zip(shares, weights, strict=True)) / sum(weights),
    )
    assert concentration.erreygers(shares, by, weights) == pytest.approx(4 * mean * index, abs=1e-9)
    assert concentration.erreygers(others, by, weights) == pytest.approx(-concentration.erreygers(shares, by, weights), abs=1e-9)
    if mean < 1 - 1e-6:
        assert concentration.wagstaff(shares, by, weights) == pytest.approx(index / (1 - mean), abs=1e-6)


@given(schools)
def test_the_curve_ends_at_all_and_holds_the_index(rows: list[tuple[float, int, int]]) -> None:
    given_columns = columns(rows)
    people, held = concentration.concentration_curve(*given_columns)
    assert (people[0], held[0], people[-1], held[-1]) == pytest.approx((0, 0, 1, 1))
    area = sum((people[i + 1] - people[i]) * (held[i + 1] + held[i]) / 2 for i in range(len(people) - 1))
    assert 1 - 2 * area == pytest.approx(concentration.concentration_index(*given_columns).value, abs=1e-9)
