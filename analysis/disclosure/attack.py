"""The attack: how narrowly can a reader who combines everything bound a quantity that is protected?

Two linear programmes for each target, its least and its greatest value over all that agrees with what is known (Fischetti and
Salazar, *Solving the cell suppression problem on tabular data with linear constraints*, Management Science, 2001). Many are solved in
one run: targets in parts of the system that nothing links share a copy of it, others get a copy each. Most targets need no run of
their own: two courses of events that agree with all that is known and in which they lie far enough apart prove that they are safe.
"""

from collections import defaultdict

import numpy as np
from scipy.optimize import OptimizeResult, linprog
from scipy.sparse import block_diag, csr_array

from analysis.disclosure.knowledge import Bools, Floats, Knowledge, Needs, parts_of, stacked

_QUANTITIES = 6_000  # in one run of the solver
_TRIES = 8  # pairs of worlds that are looked at before targets get runs of their own
_TINY = 1e-9  # a multiplier of the solver that counts as none
_FEASIBLE = 0  # the solver's own word for an optimum that was found


def opened(known: Knowledge, targets: csr_array, needs: Needs) -> tuple[Bools, Floats, Floats]:
    """Which targets a reader can bound more narrowly than they need; and for those, the least and greatest value.

    `targets`: targets x quantities. Raises ValueError when the figures contradict each other, which true ones cannot.
    """
    low, high = np.full(targets.shape[0], np.inf), np.full(targets.shape[0], -np.inf)
    left = np.flatnonzero(unsettled(known, targets, needs))
    low[left], high[left] = intervals(known, csr_array(targets[left]))
    is_open = np.zeros(targets.shape[0], dtype=bool)
    is_open[left] = needs.of(left).unmet(low[left], high[left])
    return is_open, low, high


def intervals(known: Knowledge, targets: csr_array) -> tuple[Floats, Floats]:
    """The least and greatest value of each row of `targets` (targets x quantities).

    Raises ValueError when the figures contradict each other, which true ones cannot.
    """
    low, high = np.empty(targets.shape[0]), np.empty(targets.shape[0])
    rounds = _rounds(known, targets)
    together = max(1, _QUANTITIES // known.upper.size)
    for start in range(0, len(rounds), together):
        chosen = rounds[start : start + together]
        objectives = csr_array(np.stack([targets[each].sum(axis=0) for each in chosen]))
        least, most = _solved(known, objectives), _solved(known, csr_array(-objectives))
        for each, lowest, highest in zip(chosen, least, most, strict=True):
            low[each], high[each] = targets[each] @ lowest, targets[each] @ highest
    return low, high


def unsettled(known: Knowledge, targets: csr_array, needs: Needs) -> Bools:
    """Which targets are not proved safe by some worlds that agree with all that is known: open ones, and perhaps a few others.

    The worlds lie at the ends of random directions, each a sum of the targets that are not settled yet with a sign each; always the
    same ones.
    """
    low, high = np.full(targets.shape[0], np.inf), np.full(targets.shape[0], -np.inf)
    signs = np.random.default_rng(targets.shape[0])
    sizes = np.maximum(needs.width, 1e-9)
    for _ in range(_TRIES if targets.shape[0] > _TRIES else 0):
        weights = needs.unmet(low, high) * signs.choice((-1.0, 1.0), targets.shape[0]) / sizes
        if not weights.any():
            return needs.unmet(low, high)
        direction = csr_array((targets.T @ weights)[None, :])
        for world in (_solved(known, direction)[0], _solved(known, csr_array(-direction))[0]):
            values = targets @ world
            low, high = np.minimum(low, values), np.maximum(high, values)
    return needs.unmet(low, high)


def _rounds(known: Knowledge, targets: csr_array) -> list[list[int]]:
    """The targets in as few rounds as possible, each round with one target at most of every part of the system."""
    parts = parts_of(known)
    taken: dict[int, int] = defaultdict(int)
    rounds: dict[int, list[int]] = defaultdict(list)
    for i in range(targets.shape[0]):
        mine = {int(parts[column]) for column in targets.indices[targets.indptr[i] : targets.indptr[i + 1]]}
        turn = max((taken[part] for part in mine), default=0)
        rounds[turn].append(i)
        taken.update(dict.fromkeys(mine, turn + 1))
    return [rounds[turn] for turn in sorted(rounds)]


def _solved(known: Knowledge, objectives: csr_array) -> Floats:
    """The quantities that make each objective least, one copy of the system for each: objectives x quantities."""
    return _run(known, objectives).x.reshape(objectives.shape[0], -1)


def binding(known: Knowledge, target: csr_array) -> Bools:
    """Which of the figures that are shown bound a target (one row): without them its least or greatest value would lie further out."""
    has_high, has_low = known.is_shown & np.isfinite(known.high), known.is_shown & np.isfinite(known.low)
    rows = np.concatenate([np.flatnonzero(has_high), np.flatnonzero(has_low)])
    found = np.zeros(known.is_shown.size, dtype=bool)
    for objective in (target, csr_array(-target)):
        found[rows[np.abs(_run(known, objective).ineqlin.marginals) > _TINY]] = True
    return found


def _run(known: Knowledge, objectives: csr_array) -> OptimizeResult:
    copies = objectives.shape[0]
    has_high, has_low = known.is_shown & np.isfinite(known.high), known.is_shown & np.isfinite(known.low)
    limits = stacked([csr_array(known.figures[has_high]), csr_array(-known.figures[has_low])], known.upper.size)
    found = linprog(
        objectives.toarray().ravel(),
        A_ub=csr_array(block_diag([limits] * copies)),
        b_ub=np.tile(np.concatenate([known.high[has_high], -known.low[has_low]]), copies),
        A_eq=csr_array(block_diag([known.facts] * copies)),
        b_eq=np.tile(known.sums, copies),
        bounds=np.column_stack([np.zeros(known.upper.size * copies), np.tile(known.upper, copies)]),
        method="highs",
    )
    if found.status != _FEASIBLE:
        raise ValueError(f"the figures that are known contradict each other: {found.message}")
    return found
