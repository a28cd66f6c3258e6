"""Groups of different kinds that hold nearly the same pupils, looked for among the pupils themselves.

When the tablets that go home are those of CE2 to CM2, but for three pupils, then the figure of those levels less the figure of those
tablets is a figure of three pupils, and no class size says so. For two kinds of groups, every union of the one is held against every
union of the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import duckdb
import numpy as np

from analysis.disclosure.knowledge import Floats
from analysis.disclosure.queries import query

_MOST_GROUPS = 8  # of one kind: beyond, unions are too many, and none of ours has more
Group = tuple[str, str]  # breakdown, category
Shared = Mapping[tuple[Group, Group], int]


class Coincidence(NamedTuple):
    """In a place and period, the pupils of `larger` are those of `smaller` and a few more."""

    uai: str
    period: str
    larger: tuple[Group, ...]
    smaller: tuple[Group, ...]
    pupils: int


def find_coincidences(connection: duckdb.DuckDBPyConnection, threshold: int) -> list[Coincidence]:
    """Every coincidence of fewer pupils than `threshold`, from the groups of `marts.pupil_cut` in an open build."""
    pairs: dict[tuple[str, str, str, str], dict[tuple[Group, Group], int]] = defaultdict(dict)
    for uai, period, left, left_category, right, right_category, pupils in connection.execute(query("overlaps")).fetchall():
        pairs[uai, period, left, right][(left, left_category), (right, right_category)] = pupils
    return [
        Coincidence(uai, period, tuple(sorted(larger)), tuple(sorted(smaller)), pupils)
        for (uai, period, _, _), shared in pairs.items()
        for larger, smaller, pupils in nearly_same(shared, threshold)
    ]


def nearly_same(shared: Shared, threshold: int) -> Iterable[tuple[frozenset[Group], frozenset[Group], int]]:
    """Of two kinds of groups, unions that differ on one side only, by fewer than `threshold`: (larger, smaller, pupils).

    `shared`: how many pupils each pair of groups, one of each kind, has in common. Every union of the one is held against every union of
    the other; what one group is to the other kind as a whole, its size tells already.
    """
    left, right = ([*dict.fromkeys(pair[side] for pair in shared)] for side in (0, 1))
    if max(len(left), len(right)) > _MOST_GROUPS:
        return
    counts = np.zeros((len(left), len(right)))
    for (a, b), pupils in shared.items():
        counts[left.index(a), right.index(b)] = pupils
    lefts, rights = _unions(len(left)), _unions(len(right))
    only_left, only_right = lefts @ counts @ (1 - rights).T, (1 - lefts) @ counts @ rights.T
    for larger, smaller, is_left in ((only_left, only_right, True), (only_right, only_left, False)):
        for i, j in np.argwhere((larger > 0) & (larger < threshold) & (smaller == 0)).tolist():
            sides = (_named(left, lefts[i]), _named(right, rights[j]))
            yield (*(sides if is_left else sides[::-1]), int(larger[i, j]))


def _unions(groups: int) -> Floats:
    """Every union of some groups, a row each, with a one for each group that is in it."""
    return np.array([[float(number >> i & 1) for i in range(groups)] for number in range(1, 2**groups)])


def _named(groups: list[Group], chosen: Floats) -> frozenset[Group]:
    return frozenset(group for group, is_in in zip(groups, chosen, strict=True) if is_in)
