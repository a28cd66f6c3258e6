"""The attack: how narrowly can a reader who combines everything bound a quantity that is protected?

Two linear programmes for each target, its least and its greatest value over all that agrees with what is known (Fischetti and
Salazar, *Solving the cell suppression problem on tabular data with linear constraints*, Management Science, 2001). Most targets need
none of their own: two worlds that were found for others and in which they lie far enough apart prove that they are safe.
"""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array

from analysis.disclosure.knowledge import Bools, Floats, Integers, Knowledge, Needs, parts_of
from analysis.disclosure.worlds import Worlds

_NARROW = 1e-9  # no target counts for more in a sweep than one that must stay so wide
_WORTHWHILE = 0.7  # of the targets may be left by a sweep, if there is to be another


class Attack:
    """The attack on one system: which targets can a reader bound more narrowly than they need?

    `targets`: targets x quantities. The narrowest ones first, whose worlds mostly settle wider ones with them. Raises ValueError when the
    figures contradict each other, which true ones cannot.
    """

    def __init__(self, known: Knowledge, targets: csr_array, needs: Needs) -> None:
        self._worlds, self._targets, self._needs = Worlds(known), targets, needs
        self._low, self._high = np.full(targets.shape[0], np.inf), np.full(targets.shape[0], -np.inf)
        self._order = np.argsort(needs.width, kind="stable")
        self._given_up = np.zeros(targets.shape[0], dtype=bool)

    def open_ones(self, most: int) -> Integers:
        """So many targets at most that are open; none when there are no others."""
        found: list[int] = []
        for i in self._order:
            if len(found) == most:
                break
            if self._is_open(i):
                found.append(i)
        return np.array(found, dtype=np.intp)

    def sweep(self) -> Integers:
        """The targets that are left, open or not, when worlds in which all of them lie low, or high, have proved others safe.

        In parts of a system that nothing links, such a world is the lowest of each of them at once.
        """
        left = np.arange(self._low.size)
        while left.size:
            together = (1.0 / np.maximum(self._needs.width[left], _NARROW)) @ self._targets[left]
            self._meet(self._worlds.least(together))
            self._meet(self._worlds.least(-together))
            before, left = left.size, np.flatnonzero(self._needs.unmet(self._low, self._high))
            if left.size > _WORTHWHILE * before:
                break
        return left

    def forget(self, known: Knowledge) -> None:
        """From now on the reader knows only this, which is less: worlds that agreed with more agree with it."""
        self._worlds = Worlds(known)

    def give_up(self, i: int) -> None:
        """Leaves a target alone."""
        self._given_up[i] = True

    def _is_open(self, i: int) -> bool:
        if self._given_up[i] or not self._unmet(i):
            return False
        for world in _ends(self._worlds, self._targets, i):
            self._meet(world)
        return self._unmet(i)

    def _meet(self, world: Floats) -> None:
        values = self._targets @ world
        self._low, self._high = np.minimum(self._low, values), np.maximum(self._high, values)

    def _unmet(self, i: int) -> bool:
        one = np.array([i])
        return bool(self._needs.of(one).unmet(self._low[one], self._high[one])[0])


def opened(known: Knowledge, targets: csr_array, needs: Needs) -> Bools:
    """Which targets are open (see `Attack`), part by part of a system."""
    is_open = np.zeros(targets.shape[0], dtype=bool)
    for columns, chosen in parts_left(known, targets, needs):
        attack = Attack(known.of(columns), csr_array(targets[chosen][:, columns]), needs.of(chosen))
        is_open[chosen[attack.open_ones(chosen.size)]] = True
    return is_open


def intervals(known: Knowledge, targets: csr_array) -> tuple[Floats, Floats]:
    """The least and greatest value of each row of `targets` (targets x quantities).

    Raises ValueError when the figures contradict each other, which true ones cannot.
    """
    worlds = Worlds(known)
    ends = [[targets[[i]] @ world for world in _ends(worlds, targets, i)] for i in range(targets.shape[0])]
    low, high = np.array(ends).reshape(-1, 2).T
    return low, high


def binding(known: Knowledge, target: csr_array) -> Bools:
    """Which of the figures that are shown bound a target (one row): without them its least or greatest value would lie further out."""
    worlds, found = Worlds(known), np.zeros(known.is_shown.size, dtype=bool)
    for _ in _ends(worlds, target, 0):
        found |= worlds.binding()
    return found


def parts_left(known: Knowledge, targets: csr_array, needs: Needs) -> Iterator[tuple[Bools, Integers]]:
    """The parts of a system, linked by nothing, that a first sweep leaves in doubt: which quantities, and which targets speak of them."""
    left = Attack(known, targets, needs).sweep()
    parts = parts_of(known)
    number = parts[targets.indices[targets.indptr[:-1][left]]]
    for part in np.unique(number):
        yield parts == part, left[number == part]


def _ends(worlds: Worlds, targets: csr_array, i: int) -> Iterator[Floats]:
    """A world in which a target is least, then one in which it is greatest."""
    objective = targets[[i]].toarray().ravel()
    yield worlds.least(objective)
    yield worlds.least(-objective)
