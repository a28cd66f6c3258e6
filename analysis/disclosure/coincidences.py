"""Groups of different kinds that hold nearly the same pupils, looked for among the pupils themselves.

When the tablets that go home are those of CE2 to CM2, but for three pupils, then the figure of those levels less the figure of those
tablets is a figure of three pupils, and no class size says so. For two kinds of groups, those that share the threshold or more are
taken together: what then stands on one side only is a coincidence.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import duckdb

_OVERLAPS = Path(__file__).parent / "queries" / "overlaps.sql"
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
    for uai, period, left, left_category, right, right_category, pupils in connection.execute(_OVERLAPS.read_text("utf-8")).fetchall():
        pairs[uai, period, left, right][(left, left_category), (right, right_category)] = pupils
    return [
        Coincidence(uai, period, tuple(sorted(larger)), tuple(sorted(smaller)), pupils)
        for (uai, period, _, _), shared in pairs.items()
        for larger, smaller, pupils in nearly_same(shared, threshold)
    ]


def nearly_same(shared: Shared, threshold: int) -> Iterable[tuple[frozenset[Group], frozenset[Group], int]]:
    """Of two kinds of groups, unions that differ on one side only, by fewer than `threshold`: (larger, smaller, pupils).

    `shared`: how many pupils each pair of groups, one of each kind, has in common.
    """
    for left, right in _together(shared, threshold):
        only_left = sum(n for (a, b), n in shared.items() if a in left and b not in right)
        only_right = sum(n for (a, b), n in shared.items() if a not in left and b in right)
        if 0 < only_left < threshold and not only_right:
            yield left, right, only_left
        if 0 < only_right < threshold and not only_left:
            yield right, left, only_right


def _together(shared: Shared, threshold: int) -> list[tuple[frozenset[Group], frozenset[Group]]]:
    """Groups of both kinds that hang together by shares of `threshold` pupils or more, as (left, right)."""
    found: list[tuple[set[Group], set[Group]]] = []
    for (left, right), pupils in shared.items():
        if pupils >= threshold:
            touching = [each for each in found if left in each[0] or right in each[1]]
            merged = ({left}.union(*(each[0] for each in touching)), {right}.union(*(each[1] for each in touching)))
            found = [each for each in found if each not in touching] + [merged]
    return [(frozenset(left), frozenset(right)) for left, right in found]
