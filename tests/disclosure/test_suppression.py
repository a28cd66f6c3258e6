"""What else is hidden: as little as in the published examples, and always enough."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure.attack import intervals
from analysis.disclosure.knowledge import Equations
from analysis.disclosure.suppression import smallest_mask
from tests.disclosure.tables import MARGIN, Place, cells_of, table, widths
from tests.disclosure.test_attack import INCOME, TWO_PER_LINE, TWO_PER_LINE_HIDDEN


def test_one_more_cell_closes_two_per_line() -> None:  # TV-SDC-3: the cheapest is x|d = 31, and w|b is then 0 to 78
    known, figures = table(TWO_PER_LINE, TWO_PER_LINE_HIDDEN)
    targets = cells_of(TWO_PER_LINE_HIDDEN, 4, 16)
    hidden, _, lost = smallest_mask(known, targets, widths(9, 1.0))
    assert [place for place, number in figures.items() if hidden[number]] == [(1, 3)]
    assert not lost.any()
    low, high = intervals(known.hiding(hidden), targets)
    assert (low[1], high[1]) == pytest.approx((0, 78))


def test_the_cheapest_mask_of_the_insee_table() -> None:  # TV-SDC-2: three more cells beside 157, 365 with it
    known, figures = table(INCOME, [(1, 2)])
    needs = widths(1, 0.0)
    needs.low[0], needs.high[0] = 141.3, 172.7
    hidden, _, _ = smallest_mask(known, cells_of([(1, 2)], 4, 12), needs)
    assert {place for place, number in figures.items() if hidden[number]} == {(1, 1), (2, 1), (2, 2)}
    low, high = intervals(known.hiding(hidden), cells_of([(1, 1), (1, 2), (2, 1), (2, 2)], 4, 12))
    assert list(zip(low.round(), high.round(), strict=True)) == [(64, 148), (133, 217), (0, 84), (0, 84)]


def test_a_region_by_sex_needs_three_more_cells() -> None:  # TV-SDC-4
    known, figures = table([[2, 19, 10, 14], [18, 14, 12, 11]], [(0, 0)])
    hidden, _, _ = smallest_mask(known, cells_of([(0, 0)], 4, 8), widths(1, 1.0))
    assert int(hidden.sum()) == 3
    assert all(MARGIN not in place for place, number in figures.items() if hidden[number])


def test_a_single_hidden_cell_in_a_row_takes_one_with_it() -> None:  # TV-SDC-5
    known, _ = table([[1, 2, 1, 0]], [(0, 1), *((MARGIN, j) for j in range(4))])
    hidden, _, lost = smallest_mask(known, cells_of([(0, 1)], 4, 4), widths(1, 1.0))
    assert (int(hidden.sum()), lost.tolist()) == (1, [False])


def test_what_nothing_can_close_is_said_to_be_lost() -> None:
    known, _ = table([[5, 20]], [(0, 0), (MARGIN, 0)])
    fixed = replace(known, cost=np.full(known.cost.size, np.inf))
    hidden, _, lost = smallest_mask(fixed, cells_of([(0, 0)], 2, 2), widths(1, 1.0))
    assert (hidden.any(), lost.tolist()) == (False, [True])


def test_figures_of_a_group_go_together() -> None:
    """Two months of the same level: the second is hidden with the first, though nothing opens there."""
    equations = Equations()
    for month in range(2):
        small, level, other = (equations.quantity(100) for _ in range(3))
        equations.figure({small: 1, level: 1, other: 1}, 60, 60)
        equations.figure({level: 1}, 20, 20, cost=1.0, group=7)
        equations.figure({other: 1}, 35, 35, cost=9.0, group=8)
        equations.target({small: 1}, width=10.0 if month == 0 else 0.0)
    targets, needs = equations.goals()
    hidden, _, _ = smallest_mask(equations.known(), targets, needs)
    assert np.flatnonzero(hidden).tolist() == [1, 4]


tables = st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=3, max_size=3)


@settings(deadline=None, max_examples=25)
@given(values=tables)
def test_the_mask_is_enough_and_no_single_smaller_one_is(values: list[list[int]]) -> None:
    places = list(itertools.product(range(3), range(3)))
    small: list[Place] = [(i, j) for i, j in places if 0 < values[i][j] < 11]
    if not small or sum(map(sum, values)) < 11:
        return
    known, _ = table(values, small)
    targets, needs = cells_of(small, 3, 9), widths(len(small), 1.0)
    hidden, _, lost = smallest_mask(known, targets, needs)
    safe = ~lost
    assert not (needs.unmet(*intervals(known.hiding(hidden), targets)) & safe).any()
    if hidden.sum() == 1:
        assert needs.unmet(*intervals(known, targets)).any()
