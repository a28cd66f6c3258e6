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
    """Adds to a scene what must stay uncertain in it; the secrets in the order of the targets."""
    found = [*keep_small_groups(scene, privacy)]
    found += [secret for node, cell in scene.cells.items() for secret in _of_code(scene, node, cell, privacy)]
    found += [secret for each in scene.sums if len(each.parts) == 1 for secret in _between(scene, each, privacy)]
    return found


def keep_small_groups(scene: Scene, privacy: Privacy) -> list[Secret]:
    """The same for small groups alone: those that are hidden, and those that no figure names, what is left of a whole beside its groups."""
    found = []
    for node, cell in scene.cells.items():
        if cell.is_small(privacy.threshold):
            scene.equations.target(scene.terms(node), width=width_of(cell.unit, cell.value, privacy) * cell.denominator)
            found.append(Secret("a group below the threshold", node))
        if cell.hidden == "floor":
            found.append(_few_of_a_week(scene, node, cell, privacy))
    for each in scene.sums:
        found += _small_ones_together(scene, each, privacy)
        n, numerator, denominator = each.rest or (0, 0.0, 0.0)
        if each.is_of_groups and 0 < n < privacy.threshold and denominator > 0:
            width = width_of(scene.cells[each.whole].unit, numerator / denominator, privacy) * denominator
            scene.equations.target(scene.rest_terms(each), width=width)
            found.append(Secret("the few pupils outside the groups", each.whole))
    return found


def _few_of_a_week(scene: Scene, node: Node, cell: Cell, privacy: Privacy) -> Secret:
    """A week of a school that is too small for weeks: as uncertain as a week of the largest group below the threshold must be in it."""
    part = (privacy.threshold - 1) / cell.n
    scene.equations.target(scene.terms(node), width=width_of(cell.unit, cell.value / part, privacy) * cell.denominator * part)
    return Secret("a week of too few pupils", node)


def _small_ones_together(scene: Scene, each: Sum, privacy: Privacy) -> list[Secret]:
    """Small groups of one kind that are still fewer than the threshold together."""
    small = [part for part in each.parts if scene.cells[part].is_small(privacy.threshold)] if each.is_of_groups else []
    cells = [scene.cells[part] for part in small]
    if len(small) < 2 or sum(cell.n for cell in cells) >= privacy.threshold:
        return []
    denominator = sum(cell.denominator for cell in cells)
    value = sum(cell.numerator for cell in cells) / denominator
    terms = {column: factor for part in small for column, factor in scene.terms(part).items()}
    scene.equations.target(terms, width=width_of(cells[0].unit, value, privacy) * denominator)
    return [Secret("groups below the threshold together", small[0])]


def _of_code(scene: Scene, node: Node, cell: Cell, privacy: Privacy) -> Iterable[Secret]:
    if cell.hidden is None and cell.code and cell.bound is not None and cell.bound * cell.n < privacy.threshold:
        scene.equations.target(scene.terms(node), width=_OF_A_CODE * cell.bound * cell.denominator)
        yield Secret("a coded share", node)


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
