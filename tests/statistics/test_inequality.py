"""Inequality: published values, a second implementation, and what is true of any amounts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import inequality
from tests.statistics import plainly, towns

INEQ = (541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261)  # example of R's ineq and DescTools (TV-EQ-1)
REAT = (10, 10, 10, 20, 50)  # Störmann 2009, in R's REAT (TV-EQ-2)
MEXICO = """10384,2;22361,1;9573,2;3758,5;2934,5;8578,1;8537,1;6909,3;17816,4;12132,2;4359,3;2181,5;4414,3;5309,3;3408,4;3327,3;6936,3;
4836,2;9073,1;1892,5;3569,3;11016,3;21965,5;4372,2;4840,2;6399,1;2459,5;7508,1;3605,3;5203,3;7990,5;3734,2"""  # pysal, pcgdp1940 (TV-EQ-3)

some = st.lists(st.just(0.0) | st.floats(0.01, 600), min_size=1, max_size=25).filter(lambda x: sum(x) > 0)
users = st.lists(st.floats(0.01, 600), min_size=1, max_size=25)
in_classes = st.lists(st.tuples(st.just(0.0) | st.floats(0.01, 600), st.sampled_from("abcd")), min_size=1, max_size=25).filter(
    lambda rows: sum(a for a, _ in rows) > 0
)


def test_the_example_of_ineq() -> None:
    assert inequality.gini(INEQ) == pytest.approx(0.4620911, abs=5e-8)
    assert inequality.gini(INEQ) * 10 / 9 == pytest.approx(0.5134346, abs=5e-8)
    assert inequality.theil_t(INEQ) == pytest.approx(0.3623412, abs=5e-8)
    assert inequality.theil_l(INEQ) == pytest.approx(0.4335946, abs=5e-8)
    assert inequality.atkinson(INEQ, 0.5) == pytest.approx(0.1796591, abs=5e-8)
    assert inequality.atkinson(INEQ, 1) == pytest.approx(0.3518251, abs=5e-8)


def test_the_example_of_reat_whose_theil_is_l() -> None:
    assert inequality.gini(REAT) == pytest.approx(0.36)
    assert inequality.theil_t(REAT) == pytest.approx(0.2502012, abs=5e-8)
    assert inequality.theil_l(REAT) == pytest.approx(0.2326302, abs=5e-8)
    parts = inequality.theil_parts(REAT, ["a", "a", "a", "b", "b"])
    assert parts.between == pytest.approx(0.1837869, abs=5e-8)
    assert parts.within == pytest.approx(0.0664143, abs=5e-8)


def test_the_mexican_states_of_pysal() -> None:
    values, regions = zip(*(row.split(",") for row in MEXICO.replace("\n", "").split(";")), strict=True)
    amounts = [float(value) for value in values]
    assert inequality.theil_t(amounts) == pytest.approx(0.20894344, abs=5e-9)
    parts = inequality.theil_parts(amounts, regions)
    assert parts.between == pytest.approx(0.0345889, abs=5e-8)
    assert parts.within == pytest.approx(0.17435454, abs=5e-9)
    assert inequality.gini(amounts) == pytest.approx(0.3537237, abs=5e-8)
    assert inequality.theil_between_share(amounts, regions).value == pytest.approx(0.0345889 / 0.20894344, abs=1e-6)


def test_five_who_have_nothing_and_five_who_have_some() -> None:
    """Half have nothing; pairs of users differ by 5 (4 pairs) to 20 (1): G = 2 (4*5 + 3*10 + 2*15 + 20) / (2 * 25 * 30) = .1333."""
    amounts = [0] * 5 + [20, 25, 30, 35, 40]
    assert inequality.zero_share(amounts) == 0.5
    assert inequality.gini_of_users(amounts) == pytest.approx(2 / 15)
    assert inequality.gini(amounts) == pytest.approx(0.5667, abs=5e-5)


def test_lorenz_by_hand() -> None:
    """1, 2, 3, 4: the lowest half hold 3 of 10; halfway to the third pupil, 3 + 3/2."""
    assert inequality.lorenz([4, 2, 1, 3], [0, 0.25, 0.5, 0.625, 1]) == pytest.approx([0, 0.1, 0.3, 0.45, 1])


@given(some)
def test_gini_and_theil_t_computed_again(x: list[float]) -> None:
    assert inequality.gini(x) == pytest.approx(plainly.gini(x), abs=1e-9)
    assert inequality.theil_t(x) == pytest.approx(plainly.theil_t(x), abs=1e-9)


@given(users, st.sampled_from([0.25, 0.5, 1, 2]))
def test_theil_l_and_atkinson_computed_again(x: list[float], epsilon: float) -> None:
    assert inequality.theil_l(x) == pytest.approx(plainly.theil_l(x), abs=1e-9)
    assert inequality.atkinson(x, epsilon) == pytest.approx(plainly.atkinson(x, epsilon), abs=1e-9)


@given(in_classes)
def test_theil_parts_computed_again_add_up(rows: list[tuple[float, str]]) -> None:
    amounts, clusters = zip(*rows, strict=True)
    parts = inequality.theil_parts(amounts, clusters)
    assert (parts.between, parts.within) == pytest.approx(plainly.theil_parts(amounts, clusters), abs=1e-9)
    assert parts.between + parts.within == pytest.approx(inequality.theil_t(amounts), abs=1e-9)
    assert min(parts.between, parts.within) >= 0


@given(some)
def test_gini_is_a_share_and_splits_into_zeros_and_users(x: list[float]) -> None:
    found, nothing = inequality.gini(x), inequality.zero_share(x)
    assert 0 <= found <= (len(x) - 1) / len(x) + 1e-12 < 1
    assert found == pytest.approx(nothing + (1 - nothing) * inequality.gini_of_users(x), abs=1e-9)


@given(some, st.floats(0.1, 100), st.integers(2, 4), st.randoms())
def test_neither_unit_nor_replication_nor_order_changes_inequality(x: list[float], unit: float, times: int, chance) -> None:
    shuffled = chance.sample(x, len(x))
    for index in (inequality.gini, inequality.theil_t, lambda y: inequality.atkinson(y, 0.5)):
        for same in ([a * unit for a in x], x * times, shuffled):
            assert index(same) == pytest.approx(index(x), abs=1e-9)


@given(some.filter(lambda x: len({*x}) > 1), st.floats(0.1, 100))
def test_the_same_gift_to_all_lowers_inequality(x: list[float], gift: float) -> None:
    given_more = [a + gift for a in x]
    for index in (inequality.gini, inequality.theil_t):
        assert index(given_more) <= index(x)
    assert inequality.gini(given_more) == pytest.approx(inequality.gini(x) * sum(x) / sum(given_more), abs=1e-9)


@given(some)
def test_lorenz_is_under_the_diagonal_and_holds_twice_the_gini(x: list[float]) -> None:
    at = np.linspace(0, 1, len(x) + 1)
    held = inequality.lorenz(x, at)
    assert (np.array(held) <= at + 1e-9).all()
    assert (np.diff(held) >= -1e-12).all()
    assert 1 - 2 * np.trapezoid(held, at) == pytest.approx(inequality.gini(x), abs=1e-9)


def test_what_chance_alone_puts_between_classes() -> None:
    """Pupils with skewed minutes and zeros, dealt out to classes again and again: the corrected share is what T shows."""
    chance = np.random.default_rng(3)
    room = towns.rooms(chance, 12)
    amounts = towns.minutes(chance, np.ones(len(room))) * towns.factor(chance, towns.ICC, len(room))
    dealt = np.mean([inequality.theil_between_share(chance.permutation(amounts), room).value for _ in range(2_000)])
    assert inequality.between_share_by_chance(room, amounts) == pytest.approx(dealt, rel=0.04)
    assert inequality.between_share_by_chance(room) == pytest.approx(11 / (len(room) - 1))


def test_by_chance_the_variance_between_classes_is_exactly_that_share() -> None:
    chance = np.random.default_rng(4)
    room = np.repeat([0, 1, 2, 3], [3, 5, 9, 20])
    amounts = chance.gamma(1, 1, len(room))

    def between(x: np.ndarray) -> float:
        means = np.bincount(room, x) / np.bincount(room)
        return ((means[room] - x.mean()) ** 2).sum() / ((x - x.mean()) ** 2).sum()

    dealt = np.mean([between(chance.permutation(amounts)) for _ in range(4_000)])
    assert dealt == pytest.approx(inequality.between_share_by_chance(room), rel=0.05)
