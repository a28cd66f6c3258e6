"""What must stay uncertain: the values of groups that are too small, what a coded share leaves open, and what lies between two groups.

Of a group below the threshold, a share must stay uncertain by `uncertain_points` and a mean by `uncertain_minutes`, or by as much as
it is itself where it is less. A share that is told as "5 % at most", and what lies between two stages when it is as small, must stay
uncertain by half of those 5 points, wherever they stand for fewer pupils than the threshold: nobody may learn that it is 0.
"""

from collections.abc import Iterable
from typing import NamedTuple

from analysis.config import Privacy
from analysis.disclosure.cells import Cell
from analysis.disclosure.scene import Node, Scene, Sum

_OF_A_CODE = 0.5  # of what a code leaves open, this much must stay open


class Secret(NamedTuple):
    """One target of the attack: what it is, in words for those who run the system, and the figure that it is about."""

    name: str
    node: Node


def keep_secrets(scene: Scene, privacy: Privacy) -> list[Secret]:
    """Adds to a scene what must stay uncertain of single figures and stages in it; the secrets in the order of the targets."""
    found = [secret for node, cell in scene.cells.items() for secret in _of_small_group(scene, node, cell, privacy)]
    found += [secret for node, cell in scene.cells.items() for secret in _of_code(scene, node, cell, privacy)]
    found += [secret for each in scene.sums if len(each.parts) == 1 for secret in _between(scene, each, privacy)]
    return found


def _of_small_group(scene: Scene, node: Node, cell: Cell, privacy: Privacy) -> Iterable[Secret]:
    if cell.is_small(privacy.threshold):
        scene.equations.target(scene.terms(node), width=width_of(cell.unit, cell.value, privacy) * cell.denominator)
        yield Secret("a group below the threshold", node)
    elif cell.hidden == "floor":
        scene.equations.target(scene.terms(node), width=_width_of_week(cell, privacy))
        yield Secret("a week of too few pupils", node)


def _width_of_week(cell: Cell, privacy: Privacy) -> float:
    """Of a week, only everybody has a figure: it stays as uncertain as that of the largest group below the threshold must be in it."""
    part = min(1.0, (privacy.threshold - 1) / cell.n)
    return width_of(cell.unit, cell.value / part, privacy) * cell.denominator * part


def _of_code(scene: Scene, node: Node, cell: Cell, privacy: Privacy) -> Iterable[Secret]:
    is_told = cell.hidden in (None, "complement")  # what is hidden for others' sake must not come back by a difference
    if is_told and cell.code and cell.bound is not None and cell.bound * cell.n < privacy.threshold:
        width = _OF_A_CODE * cell.bound * cell.denominator
        scene.equations.target(scene.terms(node), width=max(width, _width_of_week(cell, privacy)) if node.time[1] else width)
        yield Secret("a coded share", node)
    elif is_told and node.time[1] and cell.unit == "minutes" and cell.low <= 0:
        scene.equations.target(scene.terms(node), width=_width_of_week(cell, privacy))
        yield Secret("a week with hardly any use", node)


def _between(scene: Scene, each: Sum, privacy: Privacy) -> Iterable[Secret]:
    """Some have come as far as one stage and not to the next."""
    whole, part = scene.cells[each.whole], scene.cells[each.parts[0]]
    if each.is_of_groups or whole.bound is None or whole.bound * whole.n >= privacy.threshold:
        return
    if (whole.numerator - part.numerator) / whole.denominator <= whole.bound:
        scene.equations.target(scene.rest_terms(each), width=_OF_A_CODE * whole.bound * whole.denominator)
        yield Secret("the few between two stages", each.whole)


def width_of(unit: str, value: float, privacy: Privacy) -> float:
    """How uncertain a value of a small group must stay, per unit of its denominator."""
    if unit == "share":
        return privacy.uncertain_points / 100
    return min(privacy.uncertain_minutes, max(value, 1.0)) if unit == "minutes" else value
