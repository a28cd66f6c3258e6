"""Groups of different kinds that hold nearly the same pupils, looked for among the pupils themselves.

When the tablets that go home are those of CE2 to CM2, but for three pupils, then the figure of those levels less the figure of those
tablets is a figure of three pupils, and no class size says so. For two kinds of groups, each union of the one is held against the
groups of the other that lie inside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import NamedTuple

import duckdb

from analysis.disclosure.queries import query

_MOST_GROUPS = 8  # of one kind: beyond, unions are too many, and none of ours has more
Group = tuple[str, str]  # breakdown, category
Groups = tuple[Group, ...]
Shared = Mapping[tuple[Group, Group], int]


class Coincidence(NamedTuple):
    """In a place and period, the pupils of `larger` are those of `smaller` and a few more."""

    uai: str
    period: str
    larger: Groups
    smaller: Groups
    pupils: int


def find_coincidences(connection: duckdb.DuckDBPyConnection, threshold: int) -> list[Coincidence]:
    """Every coincidence of fewer pupils than `threshold`, from the groups of `marts.pupil_cut` in an open build."""
    pairs: dict[tuple[str, str, str, str], dict[tuple[Group, Group], int]] = defaultdict(dict)
    for uai, period, left, left_category, right, right_category, pupils in connection.execute(query("overlaps")).fetchall():
        pairs[uai, period, left, right][(left, left_category), (right, right_category)] = pupils
    return [
        Coincidence(uai, period, larger, smaller, pupils)
        for (uai, period, _, _), shared in pairs.items()
        for larger, smaller, pupils in nearly_same(shared, threshold)
    ]


def nearly_same(shared: Shared, threshold: int) -> list[tuple[Groups, Groups, int]]:
    """Of two kinds of groups, unions of the one that hold a union of the other and fewer than `threshold` more: (larger, smaller, pupils).

    `shared`: how many pupils each pair of groups, one of each kind, has in common. Each union is held against all groups of the other kind
    that lie inside it, for less would leave whole groups between the two. The same few pupils, or some of them and more, are told once.
    """
    found: dict[frozenset[frozenset[Group]], tuple[Groups, Groups, int]] = {}
    for pairs in (shared, {(right, left): pupils for (left, right), pupils in shared.items()}):
        for larger in _unions([left for left, _ in pairs]):
            smaller = _inside(larger, pairs)
            between = {pair: n for pair, n in pairs.items() if pair[0] in larger and pair[1] not in smaller and n}
            if smaller and 0 < sum(between.values()) < threshold:
                found.setdefault(frozenset(map(frozenset, between)), (larger, smaller, sum(between.values())))
    return [told for few, told in found.items() if not any(fewer < few for fewer in found)]


def _unions(groups: Iterable[Group]) -> Iterable[Groups]:
    """Every union of some groups, the smaller ones first; of single groups alone where there are too many for that."""
    kinds = sorted(set(groups))
    most = len(kinds) if len(kinds) <= _MOST_GROUPS else 1
    return (union for size in range(1, most + 1) for union in combinations(kinds, size))


def _inside(union: Groups, pairs: Shared) -> Groups:
    """The groups of the other kind all of whose pupils are in a union."""
    outside = {right for (left, right), pupils in pairs.items() if pupils and left not in union}
    return tuple(sorted({right for _, right in pairs} - outside))
