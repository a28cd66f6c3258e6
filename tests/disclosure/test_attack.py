"""The attack on published tables: the intervals that others have printed for them (methods, TV-SDC-1 to 8), and a slow second opinion."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from analysis.disclosure.attack import intervals, opened
from analysis.disclosure.knowledge import Equations
from tests.disclosure.tables import MARGIN, Place, cells_of, table, widths

INSEE = [[6, 14, 1, 7], [3, 2, 3, 13]]
INCOME = [[58, 71, 92, 800], [11, 124, 157, 934], [36, 24, 60, 651]]
TWO_PER_LINE = [[30, 47, 64, 89], [90, 124, 5, 31], [92, 100, 59, 85], [800, 991, 651, 685]]
TWO_PER_LINE_HIDDEN = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 2), (2, 1), (2, 3), (3, 1), (3, 3)]


def found(values: list[list[int]], hidden: list[Place]) -> list[list[float]]:
    """What the attack finds of the hidden cells of an exact table."""
    known, _ = table(values, hidden)
    low, high = intervals(known, cells_of(hidden, len(values[0]), known.upper.size))
    return [[round(a, 6), round(b, 6)] for a, b in zip(low, high, strict=True)]


def test_the_insee_course_with_two_columns_hidden() -> None:  # TV-SDC-1
    assert found(INSEE, [(0, 1), (0, 2), (1, 1), (1, 2)]) == [[11, 15], [0, 4], [1, 5], [0, 4]]


def test_primary_suppression_alone_gives_both_cells_back() -> None:  # TV-SDC-1
    assert found(INSEE, [(0, 2), (1, 1)]) == [[1, 1], [2, 2]]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ((0, 2), [[0, 105], [45, 150], [0, 105], [63, 168], [0, 96], [0, 96]]),
        ((1, 2), [[0, 163], [0, 163], [0, 219], [62, 281], [0, 84], [0, 84]]),
    ],
)
def test_the_insee_table_of_magnitudes(columns: Place, expected: list[list[float]]) -> None:  # TV-SDC-2
    assert found(INCOME, [(i, j) for i in range(3) for j in columns]) == expected


@pytest.mark.parametrize(("columns", "fails"), [((0, 2), True), ((1, 2), False)])
def test_ten_percent_around_the_largest(columns: Place, fails: bool) -> None:  # TV-SDC-2: 157 needs 141.3 to 172.7
    hidden = [(i, j) for i in range(3) for j in columns]
    known, _ = table(INCOME, hidden)
    needs = widths(1, 0.0)
    needs.low[0], needs.high[0] = 141.3, 172.7
    assert opened(known, cells_of([(1, 2)], 4, known.upper.size), needs).tolist() == [fails]


def test_two_hidden_cells_in_every_line_are_not_enough() -> None:  # TV-SDC-3
    assert found(TWO_PER_LINE, TWO_PER_LINE_HIDDEN)[1] == [47, 47]


def test_rounding_leaves_a_hidden_cell_open() -> None:
    """Totals of 10 told to the nearest 2: 10 can be 9 to 11, so a hidden 4 beside a told 6 (5 to 7) is 2 to 6."""
    known, _ = table([[4, 6]], [(0, 0), (MARGIN, 0)], step=2.0)
    low, high = intervals(known, cells_of([(0, 0)], 2, 2))
    assert (low[0], high[0]) == pytest.approx((2, 6))


CLASSES_BY_MONTH = [[20, 22, 21], [18, 17, 19], [15, 4, 16]]


@pytest.mark.parametrize(
    ("margins", "expected"),
    [([], [0, 30]), ([(2, MARGIN)], [4, 4]), ([(MARGIN, 1)], [4, 4])],
    ids=["months alone", "the class's sum over the year", "the school's total of the month"],
)
def test_the_period_attack(margins: list[Place], expected: list[float]) -> None:  # TV-SDC-7
    told = {(MARGIN, MARGIN), *((i, MARGIN) for i in range(3)), *((MARGIN, j) for j in range(3))} - set(margins)
    known, _ = table(CLASSES_BY_MONTH, [(2, 1), *told])
    limited = replace(known, upper=np.full(9, 30.0))  # a class has 30 pupils at most
    low, high = intervals(limited, cells_of([(2, 1)], 3, 9))
    assert [low[0], high[0]] == pytest.approx(expected)


def test_linked_tables_give_the_one_girl_back() -> None:  # TV-SDC-6: in a total of 21 to 30, 8 of 20; of the boys 7 of 19
    equations = Equations()
    girls, boys = equations.quantity(20), equations.quantity(20)
    equations.figure({girls: 1, boys: 1}, 8, 8)
    equations.figure({boys: 1}, 7, 7)
    target = equations.target({girls: 1}, width=1.0)
    goals, needs = equations.goals()
    low, high = intervals(equations.known(), goals)
    assert (low[target], high[target]) == (1, 1)
    assert opened(equations.known(), goals, needs).tolist() == [True]


def midpoint_6(n: int) -> int:
    """A count as others publish it: the middle of its six, and 0 for none."""
    return 0 if n == 0 else -(-n // 6) * 6 - 3


@pytest.mark.parametrize(("n", "told"), [(0, 0), (1, 3), (5, 3), (6, 3), (7, 9), (12, 9), (13, 15), (18, 15), (24, 21)])
def test_midpoint_rounding_is_read_as_what_it_leaves_open(n: int, told: int) -> None:  # TV-SDC-8: we round otherwise, and read others
    least, most = (0, 0) if told == 0 else (told - 2, told + 3)
    equations = Equations()
    equations.figure({equations.quantity(100): 1}, least, most)
    low, high = intervals(equations.known(), csr_array([[1.0]]))
    assert midpoint_6(n) == told
    assert [midpoint_6(round(end)) == told for end in (low[0], n, high[0], low[0] - 1, high[0] + 1)] == [True, True, True, False, False]


def test_figures_that_contradict_each_other_are_an_error() -> None:
    equations = Equations()
    column = equations.quantity(10)
    equations.figure({column: 1}, 2, 3)
    equations.figure({column: 1}, 5, 6)
    with pytest.raises(ValueError, match="contradict"):
        intervals(equations.known(), csr_array([[1.0]]))


small_tables = st.integers(2, 3).flatmap(
    lambda rows: st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=3), min_size=rows, max_size=rows).filter(
        lambda t: len({len(row) for row in t}) == 1
    )
)


@settings(deadline=None, max_examples=60)
@given(values=small_tables, data=st.data())
def test_no_whole_table_lies_outside_the_intervals(values: list[list[int]], data: st.DataObject) -> None:
    """Brute force: every table of whole numbers with the same told cells and margins lies inside."""
    places = list(itertools.product(range(len(values)), range(len(values[0]))))
    hidden = data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=4, unique=True))
    bounds = dict(zip(hidden, found(values, hidden), strict=True))
    cells = np.array(values)
    most = int(cells.sum())
    for guess in itertools.product(range(min(most, 7) + 1), repeat=len(hidden)):
        other = cells.copy()
        for place, value in zip(hidden, guess, strict=True):
            other[place] = value
        if (other.sum(axis=0) == cells.sum(axis=0)).all() and (other.sum(axis=1) == cells.sum(axis=1)).all():
            assert all(bounds[place][0] - 1e-6 <= value <= bounds[place][1] + 1e-6 for place, value in zip(hidden, guess, strict=True))


@settings(deadline=None, max_examples=20)
@given(values=small_tables, data=st.data())
def test_worlds_found_for_others_prove_what_own_programmes_prove(values: list[list[int]], data: st.DataObject) -> None:
    places = list(itertools.product(range(len(values)), range(len(values[0]))))
    hidden = data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=6, unique=True))
    known, _ = table(values, hidden)
    targets = cells_of([place for _ in range(9) for place in hidden], len(values[0]), known.upper.size)
    needs = widths(targets.shape[0], data.draw(st.sampled_from([0.5, 1.0, 2.0])))
    assert opened(known, targets, needs).tolist() == needs.unmet(*intervals(known, targets)).tolist()
