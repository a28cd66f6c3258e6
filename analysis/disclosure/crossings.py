"""Crossings: two kinds of groups of the same pupils, and how many pupils each pair of groups has in common.

A reader who knows that the tablets that go home are those of CE2 to CM2, but for three pupils, subtracts one figure from the other.
More generally, of two unions of groups, one of each kind, the figure of the one can exceed that of the other by no more than the pupils
in the one and not in the other allow; and all these bounds together say everything that the common numbers of two kinds say (Gale, *A
theorem on flows in networks*, Pacific Journal of Mathematics, 1957, and Hoffman after him).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import duckdb
import numpy as np

from analysis.disclosure.cells import ALL
from analysis.disclosure.knowledge import Bools, Integers
from analysis.disclosure.queries import query

_MOST_GROUPS = 8  # of one kind: beyond, unions are too many, and none of ours has more
Group = tuple[str, str]  # breakdown, category
Place = tuple[str, str]  # uai, period
EVERYBODY: Group = (ALL, ALL)


@dataclass(frozen=True, eq=False)
class Crossing:
    """Two kinds of groups of the pupils of one place in one period.

    `shared`: pupils, (left groups + 1) x (right groups + 1); the last row and the last column are those in no group of that kind.
    """

    left: tuple[Group, ...]
    right: tuple[Group, ...]
    shared: Integers

    @cached_property
    def unions(self) -> tuple[Bools, Bools]:
        """Unions of left groups and of right groups: unions x groups."""
        return _unions(len(self.left)), _unions(len(self.right))

    @cached_property
    def apart(self) -> tuple[Integers, Integers]:
        """Pupils in a left union and not in a right one, and the other way round: left unions x right unions."""
        left, right = self.unions
        outside_left, outside_right = (np.column_stack([~unions, np.ones(len(unions), dtype=bool)]) for unions in (left, right))
        return left @ self.shared[:-1] @ outside_right.T, outside_left @ self.shared[:, :-1] @ right.T

    def among(self, groups: Collection[Group]) -> "Crossing":
        """The same with these groups alone; pupils of others are in no group."""
        left, right = (tuple(group for group in kind if group in groups) for kind in (self.left, self.right))
        if (left, right) == (self.left, self.right):
            return self
        rows, columns = (
            [kept.index(group) if group in groups else len(kept) for group in kind] + [len(kept)]
            for kind, kept in ((self.left, left), (self.right, right))
        )
        shared = np.zeros((len(left) + 1, len(right) + 1), dtype=self.shared.dtype)
        np.add.at(shared, np.ix_(rows, columns), self.shared)
        return Crossing(left, right, shared)

    @cached_property
    def mirrored(self) -> "Crossing":
        """The same with left and right changed."""
        return Crossing(self.right, self.left, self.shared.T)


def _unions(groups: int) -> Bools:
    """Every union of so many groups, the smaller ones first; where they are too many, none, single groups and all together."""
    sizes = range(groups + 1) if groups <= _MOST_GROUPS else (0, 1, groups)
    chosen = [union for size in sizes for union in combinations(range(groups), size)]
    return np.array([[group in union for group in range(groups)] for union in chosen], dtype=bool).reshape(len(chosen), groups)


def find_crossings(connection: duckdb.DuckDBPyConnection) -> Mapping[Place, Sequence[Crossing]]:
    """Every two kinds of groups of each place and period, from `marts.pupil_cut` of an open build; everybody is a kind with one group."""
    counts: dict[tuple[Place, str, str], dict[tuple[str | None, str | None], int]] = defaultdict(dict)
    for uai, period, left, right, left_category, right_category, pupils in connection.execute(query("overlaps")).fetchall():
        counts[(uai, period), left, right][left_category, right_category] = pupils
    found: dict[Place, list[Crossing]] = defaultdict(list)
    for (place, left, right), shared in counts.items():
        found[place].append(_crossing(left, right, shared))
    return dict(found)


def _crossing(left: str, right: str, shared: Mapping[tuple[str | None, str | None], int]) -> Crossing:
    rows = sorted({row for row, _ in shared if row is not None})
    columns = sorted({column for _, column in shared if column is not None})
    table = [[shared.get((row, column), 0) for column in (*columns, None)] for row in (*rows, None)]
    return Crossing(tuple((left, row) for row in rows), tuple((right, column) for column in columns), np.array(table))
