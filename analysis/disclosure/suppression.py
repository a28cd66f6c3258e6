"""What else to hide: the cheapest set of figures without which every target stays as uncertain as it must.

The compact form of Fischetti and Salazar's model (2001) by SciPy's MILP (HiGHS): one binary for each group of figures that could be
hidden, and for each target two worlds that agree with everything that stays shown and that lie far enough apart. Rounded figures are
intervals, exact ones points.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, kron, vstack

from analysis.disclosure.attack import Attack, binding, parts_left
from analysis.disclosure.knowledge import Bools, Integers, Knowledge, Needs, stacked

# the same on every machine: no limit of time, but a mask within a tenth of the cheapest is good enough, and so is the best of so many
_EXACT_UP_TO = 1_000  # quantities of a system; beyond, the model takes minutes
_TOGETHER = 4  # targets of one run
_SEARCH = {"mip_rel_gap": 0.1, "node_limit": 500}


def smallest_mask(known: Knowledge, targets: csr_array, needs: Needs) -> tuple[Bools, Bools, Bools]:
    """Which of the shown figures to hide; which targets were found open on the way; and which stay open whatever is hidden.

    Parts of the system that nothing links are solved one after the other, a few targets at a time; what is hidden for one, with its group,
    is hidden for the next. The mask is checked by the attack, and grown until nothing opens.
    """
    hidden, (opens, lost) = np.zeros(known.is_shown.size, dtype=bool), np.zeros((2, targets.shape[0]), dtype=bool)
    for columns, numbers in parts_left(known, targets, needs):
        left, rows, mine = known.hiding(hidden).of(columns), csr_array(targets[numbers][:, columns]), needs.of(numbers)
        together = _TOGETHER if columns.sum() <= _EXACT_UP_TO else 1
        attack = Attack(left, rows, mine)
        while (chosen := attack.open_ones(together)).size:
            opens[numbers[chosen]] = True
            found = _chosen(left, csr_array(rows[chosen]), mine.of(chosen))
            if found is not None and found.any():
                hidden |= known.can_hide & np.isin(known.group, left.group[found])
                left = left.hiding(left.can_hide & np.isin(left.group, left.group[found]))
                attack.forget(left)
            elif chosen.size > 1:
                together = 1
            else:
                lost[numbers[chosen]] = True
                attack.give_up(chosen[0])
    return hidden, opens, lost


def _chosen(known: Knowledge, targets: csr_array, needs: Needs) -> Bools | None:
    """What to hide next for some targets: the best mask where that can be found in seconds, else a step towards a good one."""
    found = _solved(known, targets, needs) if known.upper.size <= _EXACT_UP_TO else None
    return _step(known, csr_array(targets[[0]])) if found is None else found


def _step(known: Knowledge, target: csr_array) -> Bools | None:
    """The cheapest group among the figures that bound a target."""
    bounding = binding(known, target) & np.isfinite(known.cost)
    if not bounding.any():
        return None
    _, column = np.unique(known.group, return_inverse=True)
    costs = np.bincount(column, np.where(known.can_hide, known.cost, 0.0))
    candidates = np.unique(column[bounding])
    return known.can_hide & (column == candidates[np.argmin(costs[candidates])])


@contextmanager
def quiet_solver() -> Iterator[None]:
    """HiGHS writes a line of its own to the standard output now and then, which may be somebody's JSON: meanwhile it goes nowhere.

    For the whole process: to be entered once, around all runs.
    """
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _solved(known: Knowledge, targets: csr_array, needs: Needs) -> Bools | None:
    """The mask of one MILP: columns are the worlds of the targets (low, then high, in turn), then one binary for each group."""
    can_hide = known.can_hide
    groups, column = np.unique(known.group[can_hide], return_inverse=True)
    worlds, size = 2 * targets.shape[0], known.upper.size
    always = [
        *_facts(known, worlds, groups.size),
        *_figures(known, can_hide, column, worlds, groups.size),
        _distances(targets, needs, groups.size),
    ]
    while True:
        found = milp(
            np.concatenate([np.zeros(worlds * size), np.bincount(column, known.cost[can_hide], groups.size)]),
            constraints=[*always, *_ceilings(known, worlds, groups.size)],
            bounds=Bounds(np.zeros(worlds * size + groups.size), np.concatenate([np.tile(known.upper, worlds), np.ones(groups.size)])),
            integrality=np.concatenate([np.zeros(worlds * size), np.ones(groups.size)]),
            options=_SEARCH,
        )
        if found.x is None:
            return None
        if not known.ceilings.broken(found.x[: worlds * size].reshape(worlds, size)).size:
            break
    return can_hide & np.isin(known.group, groups[found.x[worlds * size :] > 0.5])


def _facts(known: Knowledge, worlds: int, binaries: int) -> list[LinearConstraint]:
    if not known.facts.shape[0]:
        return []
    rows = kron(np.eye(worlds), known.facts)
    sums = np.tile(known.sums, worlds)
    return [LinearConstraint(csr_array(hstack([rows, csr_array((rows.shape[0], binaries))])), sums, sums)]


def _ceilings(known: Knowledge, worlds: int, binaries: int) -> list[LinearConstraint]:
    told = known.ceilings.rows_told
    if not told.size:
        return []
    rows = kron(np.eye(worlds), known.ceilings.rows[told])
    return [
        LinearConstraint(
            csr_array(hstack([rows, csr_array((rows.shape[0], binaries))])), -np.inf, np.tile(known.ceilings.most[told], worlds)
        )
    ]


def _figures(known: Knowledge, can_hide: Bools, column: Integers, worlds: int, binaries: int) -> list[LinearConstraint]:
    """low <= figure <= high in every world, unless the binary of its group is one: then as far as the quantities themselves allow."""
    shown = np.flatnonzero(known.is_shown)
    figures = csr_array(known.figures[shown])
    most = np.abs(figures) @ known.upper + 1.0  # no figure can be further from another than this
    columns = np.full(known.is_shown.size, -1)
    columns[can_hide] = column
    hideable = np.flatnonzero(columns[shown] >= 0)
    frees = csr_array((most[hideable], (hideable, columns[shown][hideable])), shape=(shown.size, binaries))
    rows, free = kron(np.eye(worlds), figures), vstack([frees] * worlds)
    low, high = np.tile(known.low[shown], worlds), np.tile(known.high[shown], worlds)
    return [
        LinearConstraint(csr_array(hstack([rows, -free])), -np.inf, high),
        LinearConstraint(csr_array(hstack([rows, free])), low, np.inf),
    ]


def _distances(targets: csr_array, needs: Needs, binaries: int) -> LinearConstraint:
    """The low world at or under the low need, the high world at or over the high need, and far enough from each other."""
    count = targets.shape[0]
    low, high = _worlds(targets, 0), _worlds(targets, 1)
    rows = stacked([low, high, csr_array(high - low)], 2 * count * targets.shape[1])
    least = np.concatenate([np.full(count, -np.inf), needs.high, needs.width])
    most = np.concatenate([needs.low, np.full(2 * count, np.inf)])
    return LinearConstraint(csr_array(hstack([rows, csr_array((3 * count, binaries))])), least, most)


def _worlds(targets: csr_array, which: int) -> csr_array:
    """Each target in its own low (0) or high (1) world."""
    size = targets.shape[1]
    coordinates = targets.tocoo()
    columns = (2 * coordinates.row + which) * size + coordinates.col
    return csr_array((coordinates.data, (coordinates.row, columns)), shape=(targets.shape[0], 2 * targets.shape[0] * size))
