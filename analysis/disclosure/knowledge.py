"""What a reader knows: figures that were shown, each as an interval, and facts that hold between the quantities behind them.

The quantities are sums that nobody prints as such: the minutes of one class in one month, the pupils of one level who are regular. A
figure that is shown says that some of them add up to something between `low` and `high` (what its rounding or its code leaves open).
A fact is an equation that everybody can write down: the levels make up the school. The attack (`attack.py`) and the choice of what
else to hide (`suppression.py`) both start from here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack
from scipy.sparse.csgraph import connected_components

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Integers = NDArray[np.intp]
_BROKEN = 1e-6  # relative: what the solver takes for none
Target = tuple[Mapping[int, float], float, float, float]  # terms, low, high, width


@dataclass(frozen=True, eq=False)
class Ceilings:
    """`rows` @ x <= `most`: so many that the solver is told only those that one of its worlds has broken.

    `block`: rows that say much the same have one number; of those, the one that is broken most is told first.
    """

    rows: csr_array
    most: Floats
    block: Integers
    told: list[Integers] = field(default_factory=list)

    def of(self, columns: Bools) -> "Ceilings":
        """Those that concern only these quantities."""
        chosen = _rows_in(self.rows, columns)
        fresh = np.cumsum(chosen) - 1
        told = [fresh[each[chosen[each]]] for each in self.told]
        return Ceilings(csr_array(self.rows[chosen][:, columns]), self.most[chosen], self.block[chosen], told)

    def in_terms(self, terms: csr_array) -> "Ceilings":
        """The same in other quantities; `terms`: what each old one is in the new ones."""
        return Ceilings(csr_array(self.rows @ terms), self.most, self.block)

    @property
    def rows_told(self) -> Integers:
        """Which rows the solver is told."""
        return np.unique(np.concatenate([np.zeros(0, dtype=np.intp), *self.told]))

    def broken(self, worlds: Floats) -> Integers:
        """Rows that some world (worlds x quantities, or one) breaks and that have not been told; from now on they are."""
        if not self.most.size:
            return np.zeros(0, dtype=np.intp)
        excess = np.atleast_2d((self.rows @ worlds.T).T).max(axis=0) - self.most - _BROKEN * np.maximum(1.0, np.abs(self.most))
        starts = np.flatnonzero(np.diff(self.block, prepend=-1))
        worst = np.maximum.reduceat(excess, starts)
        is_worst = (excess > 0) & (excess >= np.repeat(worst, np.diff([*starts, excess.size])))
        fresh = np.setdiff1d(np.flatnonzero(is_worst), self.rows_told)
        if fresh.size:
            self.told.append(fresh)
        return fresh


def no_ceilings(width: int) -> Ceilings:
    """None, of so many quantities."""
    return Ceilings(csr_array((0, width)), np.zeros(0), np.zeros(0, dtype=np.intp))


@dataclass(frozen=True, eq=False)
class Knowledge:
    """A linear system in the quantities x, with 0 <= x <= `upper`.

    `facts` @ x = `sums` always holds. For each figure i that `is_shown`, low[i] <= (`figures` @ x)[i] <= high[i]; `cost` is what hiding it
    would cost the reader (infinite: it cannot be hidden, for it has been released or is public). Those of one `group` are hidden together.
    `ceilings` always hold.
    """

    upper: Floats
    facts: csr_array
    sums: Floats
    figures: csr_array
    low: Floats
    high: Floats
    is_shown: Bools
    cost: Floats
    group: Integers
    ceilings: Ceilings

    @property
    def can_hide(self) -> Bools:
        """Which figures are shown and could be hidden."""
        return self.is_shown & np.isfinite(self.cost)

    def hiding(self, hidden: Bools) -> "Knowledge":
        """The same without the figures marked in `hidden`."""
        return replace(self, is_shown=self.is_shown & ~hidden)

    def of(self, columns: Bools) -> "Knowledge":
        """The part that concerns only these quantities; nothing that is known may link them to others."""
        facts = _rows_in(self.facts, columns)
        figures = _rows_in(self.figures, columns) & (self.is_shown | (np.abs(self.figures) @ ~columns == 0))
        chosen = np.flatnonzero(figures)
        return Knowledge(
            self.upper[columns],
            csr_array(self.facts[facts][:, columns]),
            self.sums[facts],
            csr_array(self.figures[chosen][:, columns]),
            self.low[chosen],
            self.high[chosen],
            self.is_shown[chosen],
            self.cost[chosen],
            self.group[chosen],
            self.ceilings.of(columns),
        )


def _rows_in(rows: csr_array, columns: Bools) -> Bools:
    """Which rows speak of some of the columns."""
    return np.asarray(np.abs(rows) @ columns.astype(float) > 0)


@dataclass(frozen=True, eq=False)
class Needs:
    """What must stay uncertain of each target: its interval reaches down to `low`, up to `high`, and is at least `width` wide.

    Where nothing is asked of one end, `low` is infinite and `high` minus infinite.
    """

    low: Floats
    high: Floats
    width: Floats

    def of(self, chosen: Bools | Integers) -> "Needs":
        """Those of some targets."""
        return Needs(self.low[chosen], self.high[chosen], self.width[chosen])

    def unmet(self, low: Floats, high: Floats) -> Bools:
        """Which targets an attacker who knows them to lie in `low` to `high` has opened; rounding of the solver is forgiven."""
        slack = 1e-6 * np.maximum(1.0, self.width)
        return (low > self.low + slack) | (high < self.high - slack) | (high - low < self.width - slack)


@dataclass
class Equations:
    """A system in the making: quantities get numbers as they come, everything else is said in terms of them.

    `terms` map the number of a quantity to its factor. Facts, figures and targets keep the order in which they were added.
    """

    upper: list[float] = field(default_factory=list)
    facts: list[tuple[Mapping[int, float], float]] = field(default_factory=list)
    figures: list[tuple[Mapping[int, float], float, float, bool, float, int]] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    ceilings: tuple[Ceilings, Sequence[Mapping[int, float]]] | None = None

    def quantity(self, most: float) -> int:
        """The number of a new quantity between 0 and `most`."""
        self.upper.append(most)
        return len(self.upper) - 1

    def fact(self, terms: Mapping[int, float], total: float) -> None:
        """Says that the terms always add up to `total`."""
        self.facts.append((terms, total))

    def figure(
        self, terms: Mapping[int, float], low: float, high: float, is_shown: bool = True, cost: float = np.inf, group: int | None = None
    ) -> int:
        """The number of a figure that says low <= terms <= high when it is shown; without a cost, it cannot be hidden.

        Alone in its group unless one is given.
        """
        number = len(self.figures)
        self.figures.append((terms, low, high, is_shown, cost, -1 - number if group is None else group))
        return number

    def target(self, terms: Mapping[int, float], low: float = np.inf, high: float = -np.inf, width: float = 0.0) -> int:
        """The number of a target, and how uncertain it must stay (see `Needs`)."""
        self.targets.append((terms, low, high, width))
        return len(self.targets) - 1

    def ceil(self, ceilings: Ceilings, terms: Sequence[Mapping[int, float]]) -> None:
        """Says that ceilings hold for things that are these terms each."""
        self.ceilings = (ceilings, terms)

    def known(self) -> Knowledge:
        """The system."""
        width = len(self.upper)
        ceilings = no_ceilings(width) if self.ceilings is None else self.ceilings[0].in_terms(self._rows(self.ceilings[1]))
        low, high, is_shown, cost = (np.array([each[i] for each in self.figures], dtype=float) for i in (1, 2, 3, 4))
        sums = np.array([total for _, total in self.facts])
        shown = is_shown.astype(bool)
        figures = self._rows([each[0] for each in self.figures])
        group = np.array([each[5] for each in self.figures], dtype=np.intp)
        facts = self._rows([terms for terms, _ in self.facts])
        return Knowledge(np.array(self.upper), facts, sums, figures, low, high, shown, cost, group, ceilings)

    def goals(self) -> tuple[csr_array, Needs]:
        """The targets as rows, and what must stay uncertain of each."""
        needs = Needs(*(np.array([each[i] for each in self.targets], dtype=float) for i in (1, 2, 3)))
        return self._rows([each[0] for each in self.targets]), needs

    def _rows(self, rows: Sequence[Mapping[int, float]]) -> csr_array:
        lengths = [len(row) for row in rows]
        columns = [column for row in rows for column in row]
        factors = [factor for row in rows for factor in row.values()]
        shape = (len(rows), len(self.upper))
        return csr_array((np.array(factors, dtype=float), (np.repeat(np.arange(len(rows)), lengths), columns)), shape=shape)


def parts_of(known: Knowledge) -> Integers:
    """For each quantity, the number of the part of the system that it stands in: nothing that is known links two parts."""
    shown = csr_array(known.figures[known.is_shown])
    links = stacked([known.facts, shown], known.upper.size)
    _, numbers = connected_components(csr_array(links.T @ links), directed=False)
    return numbers.astype(np.intp)


def stacked(parts: list[csr_array], width: int) -> csr_array:
    """Rows on top of each other; with none, a matrix of no rows and `width` columns."""
    return csr_array(vstack(parts)) if parts else csr_array((0, width))
