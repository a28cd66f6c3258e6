"""Two kinds of groups: what their common numbers say, against sets of pupils and against every table behind two margins."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from analysis.disclosure.crossings import Crossing, Group

LEVELS, HOMES = ("CP", "CE1", "CE2"), ("true", "false")
pupils = st.lists(st.tuples(st.sampled_from((*LEVELS, None)), st.sampled_from((*HOMES, None))), min_size=1, max_size=30)


def crossing_of(everybody: list[tuple[str | None, str | None]]) -> Crossing:
    shared = [[sum(pair == (level, home) for pair in everybody) for home in (*HOMES, None)] for level in (*LEVELS, None)]
    return Crossing(tuple(("level", level) for level in LEVELS), tuple(("take_home", home) for home in HOMES), np.array(shared))


def members(union: np.ndarray, groups: tuple[Group, ...], everybody: list[tuple[str | None, str | None]], kind: int) -> set[int]:
    names = {category for (_, category), is_in in zip(groups, union, strict=True) if is_in}
    return {i for i, pupil in enumerate(everybody) if pupil[kind] in names}


@settings(deadline=None, max_examples=60)
@given(everybody=pupils)
def test_unions_lie_as_far_apart_as_their_sets_of_pupils(everybody: list[tuple[str | None, str | None]]) -> None:
    crossing = crossing_of(everybody)
    left, right = crossing.unions
    assert (len(left), len(right)) == (8, 4)
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            mine, theirs = members(one, crossing.left, everybody, 0), members(other, crossing.right, everybody, 1)
            assert crossing.apart[0][i, j] == len(mine - theirs)
            assert crossing.apart[1][i, j] == len(theirs - mine)


@settings(deadline=None, max_examples=60)
@given(everybody=pupils, kept=st.sets(st.sampled_from(LEVELS)))
def test_groups_that_are_left_out_are_no_groups_and_nobody_is_lost(everybody: list[tuple[str | None, str | None]], kept: set[str]) -> None:
    without = [(level if level in kept else None, home) for level, home in everybody]
    groups = [("level", level) for level in kept] + [("take_home", home) for home in HOMES]
    found, expected = crossing_of(everybody).among(groups), crossing_of(without)
    assert found.left == tuple(group for group in expected.left if group[1] in kept)
    assert found.shared.sum() == len(everybody)
    assert found.shared[-1].tolist() == expected.shared[-1].tolist()


@settings(deadline=None, max_examples=80)
@given(data=st.data())
def test_margins_that_no_two_unions_contradict_have_a_table(data: st.DataObject) -> None:
    """Gale's theorem: figures of two kinds are possible together if and only if no union exceeds another by more than lies between them."""
    shared = np.array(data.draw(st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=2), min_size=3, max_size=3)))
    crossing = Crossing(
        tuple(("level", level) for level in LEVELS), tuple(("take_home", home) for home in HOMES), np.pad(shared, ((0, 1), (0, 1)))
    )
    rows = np.array([data.draw(st.integers(0, int(total))) for total in shared.sum(axis=1)])
    first = data.draw(st.integers(0, int(rows.sum())))
    columns = np.array([first, rows.sum() - first])
    left, right = crossing.unions
    agrees = bool((left @ rows[:, None] - (right @ columns)[None, :] <= crossing.apart[0]).all())
    sums = [*(np.kron(np.eye(3)[i], np.ones(2)) for i in range(3)), *(np.kron(np.ones(3), np.eye(2)[j]) for j in range(2))]
    table = linprog(np.zeros(6), A_eq=np.array(sums), b_eq=[*rows, *columns], bounds=[(0, most) for most in shared.ravel()])
    assert agrees == (table.status == 0)
