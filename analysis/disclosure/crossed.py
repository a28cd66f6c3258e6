"""What crossings say of the figures of a scene: how far two unions of groups can lie apart, and which few pupils lie between them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from analysis.config import Privacy
from analysis.disclosure.crossings import EVERYBODY, Crossing, Group, Place
from analysis.disclosure.knowledge import Bools, Ceilings, Floats, Integers, stacked
from analysis.disclosure.protected import Secret, width_of
from analysis.disclosure.scene import Node, Scene, most, most_of

Crossings = Mapping[Place, Sequence[Crossing]]
_EXACT = 1e-6  # relative: sums of floats


class Few(NamedTuple):
    """Few pupils: those of some groups without those of others; and how uncertain their numerator must stay."""

    larger: tuple[Node, ...]
    smaller: tuple[Node, ...]
    width: float


class _Side(NamedTuple):
    """The groups of one kind in one measure, and every union of them."""

    nodes: tuple[Node, ...]
    unions: Bools
    n: Floats
    numerator: Floats
    denominator: Floats

    def of(self, union: int) -> tuple[Node, ...]:
        """The groups of a union."""
        return tuple(node for node, is_in in zip(self.nodes, self.unions[union], strict=True) if is_in)


def ceilings_of(scene: Scene, crossings: Crossings) -> Ceilings:
    """How much the numerator of one union of groups can exceed that of one of another kind, in the nodes of the scene, in their order.

    What everybody together does at most is left out, and so is what the sums of the groups say.
    """
    place = {node: i for i, node in enumerate(scene.cells)}
    parts = [part for whole, crossing in _crossed(scene, crossings) for part in _ceilings(scene, whole, crossing, place)]
    rows = stacked([part for part, _ in parts], len(place))
    sizes = [part.shape[0] for part, _ in parts]
    return Ceilings(rows, np.concatenate([[], *(limits for _, limits in parts)]), np.repeat(np.arange(len(parts)), sizes))


def _crossed(scene: Scene, crossings: Crossings) -> Iterator[tuple[Node, Crossing]]:
    """Each crossing with each measure that has figures of its groups."""
    for place, wholes in scene.wholes.items():
        groups = {group for crossing in crossings.get(place, ()) for group in (*crossing.left, *crossing.right)}
        for whole in wholes:
            mine = frozenset(group for group in groups if _node(whole, group) in scene.cells)
            for crossing in crossings.get(place, ()):
                left, right = (any(group in mine for group in kind) for kind in (crossing.left, crossing.right))
                if left and right:
                    yield whole, crossing.among(mine)


def _node(whole: Node, group: Group) -> Node:
    return whole._replace(breakdown=group[0], category=group[1])


def _sides(scene: Scene, whole: Node, crossing: Crossing) -> tuple[_Side, _Side]:
    left, right = (_side(scene, whole, *each) for each in zip((crossing.left, crossing.right), crossing.unions, strict=True))
    return left, right


def _side(scene: Scene, whole: Node, groups: Sequence[Group], unions: Bools) -> _Side:
    nodes = tuple(_node(whole, group) for group in groups)
    cells = [scene.cells[node] for node in nodes]
    sums = (unions @ np.array([getattr(cell, name) for cell in cells], dtype=float) for name in ("n", "numerator", "denominator"))
    return _Side(nodes, unions, *sums)


def _ceilings(scene: Scene, whole: Node, crossing: Crossing, place: Mapping[Node, int]) -> Iterator[tuple[csr_array, Floats]]:
    if EVERYBODY in (*crossing.left, *crossing.right):
        return  # that groups lie inside the whole is a sum
    cell = scene.cells.get(whole)
    limit = np.inf if cell is None else min(cell.high, most_of(cell))
    left, right = _sides(scene, whole, crossing)
    yield _apart(scene.cells[left.nodes[0]].unit, left, right, crossing.apart, limit, place)
    if cell is None or not all(side.denominator[-1] >= cell.denominator * (1 - _EXACT) for side in (left, right)):
        # where both kinds make up everybody, the same is said by what is not in each union
        outside, inside = crossing.apart
        yield _apart(scene.cells[left.nodes[0]].unit, right, left, (inside.T, outside.T), limit, place)


def _apart(
    unit: str, larger: _Side, smaller: _Side, apart: tuple[Integers, Integers], limit: float, place: Mapping[Node, int]
) -> tuple[csr_array, Floats]:
    allowed = _most_apart(unit, larger, smaller, *apart)
    possible = np.minimum(most(unit, 1.0) * larger.denominator, limit)
    i, j = np.nonzero(allowed < possible[:, None] * (1 - _EXACT))
    rows = np.hstack([larger.unions[i].astype(float), -smaller.unions[j].astype(float)])
    row, column = np.nonzero(rows)
    columns = np.array([place[node] for node in (*larger.nodes, *smaller.nodes)])
    return csr_array((rows[row, column], (row, columns[column])), shape=(len(i), len(place))), allowed[i, j]


def _most_apart(unit: str, larger: _Side, smaller: _Side, outside: Integers, inside: Integers) -> Floats:
    """What the pupils of one union and not of another do at most: as much as so many pupils or pupil-days can, or what is true."""
    per_pupil = np.max(np.concatenate([side.denominator[side.n > 0] / side.n[side.n > 0] for side in (larger, smaller)]), initial=0.0)
    exact = larger.denominator[:, None] - smaller.denominator[None, :]
    denominator = np.where(inside == 0, exact, np.minimum(larger.denominator[:, None], outside * per_pupil))
    return np.maximum(most(unit, 1.0) * denominator, larger.numerator[:, None] - smaller.numerator[None, :])


def few_between(scene: Scene, crossings: Crossings, privacy: Privacy) -> list[Few]:
    """The pupils by whom a union of groups exceeds another of another kind that lies inside it, wherever they are fewer than the threshold.

    With none inside, they are groups that are few together; inside everybody, those whom no other group has. The same pupils are told once.
    """
    found: dict[tuple[Node, frozenset], Few] = {}
    for whole, crossing in _crossed(scene, crossings):
        for each in (crossing, crossing.mirrored):
            for larger, smaller, pairs in _differences(scene, whole, each, privacy.threshold):
                if (whole, pairs) not in found:
                    found[whole, pairs] = Few(larger, smaller, _width(scene, larger, smaller, privacy))
    return list(found.values())


def _differences(
    scene: Scene, whole: Node, crossing: Crossing, threshold: int
) -> Iterator[tuple[tuple[Node, ...], tuple[Node, ...], frozenset]]:
    """Left unions without a right union that lies inside; and the pairs of groups of which these few pupils are."""
    larger, smaller = _sides(scene, whole, crossing)
    if whole in scene.cells and max(larger.n[-1], smaller.n[-1]) > scene.cells[whole].n:
        return  # who changed school stands in two groups of the territory; the schools are looked at themselves
    n, denominator = larger.n[:, None] - smaller.n[None, :], larger.denominator[:, None] - smaller.denominator[None, :]
    is_few = (crossing.apart[1] == 0) & (n > 0) & (n < threshold) & (denominator > 0)
    right = (*crossing.right, None)
    for i, j in zip(*np.nonzero(is_few), strict=True):
        pairs = np.outer(larger.unions[i], [*~smaller.unions[j], True]) & (crossing.shared[:-1] > 0)
        if pairs.any():
            yield larger.of(i), smaller.of(j), frozenset(frozenset((crossing.left[k], right[m])) for k, m in np.argwhere(pairs))


def _width(scene: Scene, larger: Sequence[Node], smaller: Sequence[Node], privacy: Privacy) -> float:
    """How uncertain their numerator must stay."""
    numerator, denominator = (
        sum(getattr(scene.cells[node], name) for node in larger) - sum(getattr(scene.cells[node], name) for node in smaller)
        for name in ("numerator", "denominator")
    )
    return width_of(scene.cells[larger[0]].unit, max(numerator, 0.0) / denominator, privacy) * denominator


def keep_few(scene: Scene, few: Iterable[Few]) -> list[Secret]:
    """Adds to a scene that few pupils must stay uncertain; the secrets in the order of the targets."""
    found = []
    for each in few:
        terms = {column: 1.0 for node in each.larger for column in scene.terms(node)}
        terms |= {column: -1.0 for node in each.smaller for column in scene.terms(node)}
        scene.equations.target(terms, width=each.width)
        name = "the few by whom two groups differ" if each.smaller else "groups below the threshold together"
        found.append(Secret(name, each.larger[0]))
    return found
