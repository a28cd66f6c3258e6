"""Time to first use: the trial of Freireich, statsmodels and plain loops as second opinions, and what is true of any classes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtrit
from statsmodels.duration.survfunc import SurvfuncRight

from analysis.statistics import survival
from tests.statistics import plainly

MP = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]  # Freireich et al. 1963 (TV-ADO-1)
MP_RELAPSED = [bool(int(each)) for each in "111010100110001100000"]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]

pupil = st.tuples(st.integers(1, 40), st.booleans(), st.sampled_from("abcdef"))
pupils = st.lists(pupil, min_size=1, max_size=40)


def columns(rows: list[tuple[int, bool, str]]) -> tuple[list[int], list[bool], list[str]]:
    days, started, rooms = (list(column) for column in zip(*rows, strict=True))
    return days, started, rooms


def test_the_curves_of_freireich() -> None:
    curve = survival.survival_curve(MP, MP_RELAPSED)
    assert curve.days.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.not_started == pytest.approx([0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482], abs=5e-5)
    assert survival.median_days(MP, MP_RELAPSED, range(21)).value == 23
    assert survival.median_days(PLACEBO, [True] * 21, range(21)).value == 8


def test_the_log_rank_test_of_freireich() -> None:
    found = survival.log_rank(MP + PLACEBO, MP_RELAPSED + [True] * 21, ["6-MP"] * 21 + ["placebo"] * 21)
    assert found.chi_squared == pytest.approx(16.793, abs=5e-4)
    assert found.p_value == pytest.approx(4.17e-5, abs=5e-8)


@given(pupils)
def test_the_curve_computed_again(rows: list[tuple[int, bool, str]]) -> None:
    days, started, _ = columns(rows)
    curve = survival.survival_curve(days, started)
    assert curve.not_started == pytest.approx([plainly.not_started(days, started, day) for day in curve.days])
    if any(started):
        theirs = SurvfuncRight(np.array(days), np.array(started, dtype=int))
        assert curve.days.tolist() == theirs.surv_times.tolist()
        assert curve.not_started == pytest.approx(theirs.surv_prob)


@given(pupils, st.integers(0, 40))
def test_the_interval_of_the_share_computed_again(rows: list[tuple[int, bool, str]], within: int) -> None:
    """Delete one class after the other, plainly, and go through log(-log S)."""
    days, started, rooms = columns(rows)
    found, left = survival.started_share(days, started, rooms, within), plainly.not_started(days, started, within)
    if max(days) < within and left > 0:
        assert found.value is None
        return
    assert found.value == pytest.approx(1 - left)
    if found.low is None:
        return
    classes, lefts = sorted(set(rooms)), []
    for gone in classes:
        kept = [(d, s) for d, s, room in rows if room != gone]
        lefts.append(plainly.not_started([d for d, _ in kept], [s for _, s in kept], within))
    error = ((len(classes) - 1) / len(classes) * sum((each - left) ** 2 for each in lefts)) ** 0.5
    reach = stdtrit(len(classes) - 1, 0.975) * error / abs(left * np.log(left))
    with np.errstate(over="ignore"):
        limits = [1 - np.exp(-np.exp(np.log(-np.log(left)) + sign * reach)) for sign in (-1, 1)]
    assert (found.low, found.high) == pytest.approx(limits, abs=1e-9)


@given(pupils)
def test_the_median_is_the_first_day_on_which_half_have_started(rows: list[tuple[int, bool, str]]) -> None:
    days, started, rooms = columns(rows)
    found = survival.median_days(days, started, rooms)
    reached = [day for day in sorted(set(days)) if plainly.not_started(days, started, day) <= 0.5 + 1e-12]
    assert found.value == (reached[0] if reached else None)


@given(pupils)
def test_the_interval_of_the_median_is_where_the_share_cannot_exclude_half(rows: list[tuple[int, bool, str]]) -> None:
    days, started, rooms = columns(rows)
    found = survival.median_days(days, started, rooms)
    shares = {day: survival.started_share(days, started, rooms, day) for day, is_start, _ in sorted(rows) if is_start}
    reach_half = [day for day, share in shares.items() if share.high is not None and share.high >= 0.5 - 1e-9]
    pass_half = [day for day, share in shares.items() if share.low is not None and share.low > 0.5]
    if found.value is None or not reach_half or not pass_half:
        assert (found.low, found.high) == (None, None)
    else:
        assert (found.low, found.high) == (min(found.value, reach_half[0]), max(found.value, pass_half[0]))


@given(pupils, st.randoms())
def test_order_and_labels_change_nothing(rows: list[tuple[int, bool, str]], chance) -> None:
    days, started, rooms = columns(chance.sample(rows, len(rows)))
    again = survival.started_share(days, started, [f"class {room}" for room in rooms], 10)
    first = survival.started_share(*columns(rows), 10)
    assert [again.value, again.low, again.high] == pytest.approx([first.value, first.low, first.high])


def test_classes_that_start_together_are_less_sure_than_as_many_pupils() -> None:
    """Six classes of twenty, each starting on a day of its own, against the same days dealt out at random."""
    days = np.repeat([3, 8, 12, 20, 25, 33], 20)
    together = survival.started_share(days, [True] * 120, np.repeat(np.arange(6), 20), 15)
    apart = survival.started_share(days, [True] * 120, np.random.default_rng(5).permutation(120) % 6, 15)
    assert together.value == apart.value == 0.5
    assert together.high - together.low > 3 * (apart.high - apart.low)
