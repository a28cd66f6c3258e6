"""The gate: every figure that could be shown is attacked together with all others, and more is hidden until nothing opens.

Families of measures, one evidence and one school year at a time: what lies in different ones cannot be told from one another. First
all secrets, time by time; then the small groups again, with the figures of all periods and weeks linked.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from analysis.config import Privacy
from analysis.disclosure.attack import unsettled
from analysis.disclosure.cells import Cell, Key, Rules, families
from analysis.disclosure.coincidences import Coincidence
from analysis.disclosure.horizon import Horizon
from analysis.disclosure.knowledge import Equations
from analysis.disclosure.linked import Linked
from analysis.disclosure.protected import Secret, keep_coincidences, keep_secrets, keep_small_groups
from analysis.disclosure.scene import Node, Past, Scene
from analysis.disclosure.suppression import quiet_solver, smallest_mask
from analysis.disclosure.times import link_times


@dataclass(frozen=True)
class Opening:
    """A secret that what is shown would open, and its figure; `is_lost`: no figure that could still be hidden closes it."""

    name: str
    key: Key
    is_lost: bool


@dataclass(frozen=True)
class Verdict:
    """What the attack found: the secrets that would open, and the figures to hide as well so that they do not."""

    openings: tuple[Opening, ...] = ()
    mask: frozenset[Key] = frozenset()
    attacked: int = 0


@dataclass(frozen=True)
class Gate:
    """What the gate goes by.

    The rules of the measures, the numbers of `[privacy]`, the days of each period, what figures that have left the house leave open, and
    groups that hold nearly the same pupils.
    """

    rules: Mapping[str, Rules]
    privacy: Privacy
    horizon: Horizon
    past: Past
    coincidences: tuple[Coincidence, ...] = ()

    def verdict(self, cells: Iterable[Cell]) -> Verdict:
        """What all these cells open, and what closes it again. The same cells give the same mask, on any machine."""
        stages: dict[tuple, list[Cell]] = defaultdict(list)
        family = {name: names for names in families(self.rules) for name in names}
        for cell in cells:
            stages[family[cell.key.measure], cell.key.evidence or "", cell.school_year].append(cell)
        with quiet_solver():
            found = [self._on_stage(stages[name]) for name in sorted(stages)]
        return Verdict(
            tuple(opening for each in found for opening in each.openings),
            frozenset(key for each in found for key in each.mask),
            sum(each.attacked for each in found),
        )

    def _on_stage(self, cells: list[Cell]) -> Verdict:
        at_once = self._time_by_time(cells)
        if not any("days" in word for word in self.rules[cells[0].key.measure].adds):
            return at_once
        left = [replace(cell, hidden=cell.hidden or "complement") if cell.key in at_once.mask else cell for cell in cells]
        linked = self._all_times(left)
        return Verdict(at_once.openings + linked.openings, at_once.mask | linked.mask, at_once.attacked + linked.attacked)

    def _time_by_time(self, cells: list[Cell]) -> Verdict:
        scene = Scene(cells, self.rules, self.past)
        secrets = [*keep_secrets(scene, self.privacy), *keep_coincidences(scene, self.coincidences, self.privacy)]
        return self._closed(scene, scene.equations, secrets, scene.figures)

    def _all_times(self, cells: list[Cell]) -> Verdict:
        """Small groups, with what the figures of other times say: proved quickly where that is possible, else exactly."""
        scene = Scene(cells, self.rules, self.past)
        secrets = keep_small_groups(scene, self.privacy)
        days = {node.time: self.horizon.days(node.time, self.rules[node.measure].adds) for node in scene.cells}
        link_times(scene, days)
        targets, needs = scene.equations.goals()
        is_open = unsettled(scene.equations.known(), targets, needs) if secrets else np.zeros(0, dtype=bool)
        if not is_open.any():
            return Verdict(attacked=len(secrets))
        linked = Linked(scene, days)
        linked.keep([scene.equations.targets[i] for i in np.flatnonzero(is_open)])
        left = [secret for secret, is_left in zip(secrets, is_open, strict=True) if is_left]
        return replace(self._closed(scene, linked.equations, left, linked.figures), attacked=len(secrets))

    def _closed(self, scene: Scene, equations: Equations, secrets: list[Secret], figures: Mapping[Node, int]) -> Verdict:
        """What a system opens, and the mask that closes it."""
        if not secrets:
            return Verdict()
        known, (targets, needs) = equations.known(), equations.goals()
        hidden, opens, lost = smallest_mask(known, targets, needs)
        mask = frozenset(scene.cells[node].key for node, number in figures.items() if hidden[number])
        found = [Opening(secrets[i].name, scene.cells[secrets[i].node].key, bool(lost[i])) for i in np.flatnonzero(opens)]
        return Verdict(tuple(found), mask, len(secrets))
