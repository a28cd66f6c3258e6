"""The gate: every figure that could be shown is attacked together with all others, and more is hidden until nothing opens.

Families of measures, one evidence and one school year at a time: what lies in different ones cannot be told from one another. First
all secrets, time by time; then the small groups again, with the figures of all periods and weeks linked.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from multiprocessing import get_context

import numpy as np

from analysis.config import Privacy
from analysis.disclosure.attack import opened
from analysis.disclosure.cells import Cell, Key, Rules, families, hiding
from analysis.disclosure.crossed import Crossings, Few, ceilings_of, few_between, keep_few
from analysis.disclosure.horizon import Horizon
from analysis.disclosure.knowledge import Ceilings, Equations
from analysis.disclosure.linked import Linked
from analysis.disclosure.protected import Secret, keep_secrets
from analysis.disclosure.scene import Node, Past, Scene
from analysis.disclosure.suppression import quiet_solver, smallest_mask
from analysis.disclosure.times import link_times

_MANY = 5_000  # figures, from which on it pays to start other processes
_JOBS = 4  # at most


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
    how many pupils groups of different kinds have in common.
    """

    rules: Mapping[str, Rules]
    privacy: Privacy
    horizon: Horizon
    past: Past
    crossings: Crossings = field(default_factory=dict)

    def verdict(self, cells: Iterable[Cell]) -> Verdict:
        """What all these cells open, and what closes it again. The same cells give the same mask, on any machine."""
        stages: dict[tuple, list[Cell]] = defaultdict(list)
        family = {name: names for names in families(self.rules) for name in names}
        for cell in cells:
            stages[family[cell.key.measure], cell.key.evidence or "", cell.school_year].append(cell)
        found = self._verdicts([stages[name] for name in sorted(stages)])
        return Verdict(
            tuple(opening for each in found for opening in each.openings),
            frozenset(key for each in found for key in each.mask),
            sum(each.attacked for each in found),
        )

    def _verdicts(self, stages: list[list[Cell]]) -> list[Verdict]:
        """Those of many figures are shared among processes, the longest first: the solver is work for one core."""
        jobs = min(_JOBS, os.cpu_count() or 1)
        if jobs == 1 or sum(map(len, stages)) < _MANY:
            with quiet_solver():
                return [self.of_stage(cells) for cells in stages]
        order = sorted(range(len(stages)), key=lambda i: -len(stages[i]))
        # a process that is forked would inherit threads that no longer run
        with ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (self,)) as pool:
            found = dict(zip(order, pool.map(_of_stage, [stages[i] for i in order]), strict=True))
        return [found[i] for i in range(len(stages))]

    def of_stage(self, cells: list[Cell]) -> Verdict:
        """The verdict on a family of measures of one evidence and one school year."""
        scene = Scene(cells, self.rules, self.past)
        ceilings, few = ceilings_of(scene, self.crossings), few_between(scene, self.crossings, self.privacy)
        at_once = self._closed(scene, scene.equations, self._ask(scene, ceilings, few), scene.figures)
        if not any("days" in word for word in self.rules[cells[0].key.measure].adds):
            return at_once
        scene = Scene(hiding(cells, at_once.mask), self.rules, self.past)
        linked = self._all_times(scene, self._ask(scene, ceilings, few), ceilings)
        return Verdict(at_once.openings + linked.openings, at_once.mask | linked.mask, at_once.attacked + linked.attacked)

    def _ask(self, scene: Scene, ceilings: Ceilings, few: list[Few]) -> list[Secret]:
        """Tells a scene how far its groups can lie apart, and what must stay uncertain; the secrets in the order of the targets."""
        scene.equations.ceil(ceilings, [scene.terms(node) for node in scene.cells])
        return [*keep_secrets(scene, self.privacy), *keep_few(scene, few)]

    def _all_times(self, scene: Scene, secrets: list[Secret], ceilings: Ceilings) -> Verdict:
        """The same, with what the figures of other times say: proved quickly where that is possible, else exactly."""
        days = {node.time: self.horizon.days(node.time, self.rules[node.measure].adds) for node in scene.cells}
        link_times(scene, days)
        targets, needs = scene.equations.goals()
        is_open = opened(scene.equations.known(), targets, needs) if secrets else np.zeros(0, dtype=bool)
        if not is_open.any():
            return Verdict(attacked=len(secrets))
        linked = Linked(scene, days)
        linked.equations.ceil(ceilings, [linked.terms(node) for node in scene.cells])
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


_KEPT: dict[str, Gate] = {}


def _begin(gate: Gate) -> None:
    """What a process keeps for all stages that it is given."""
    _KEPT["gate"] = gate


def _of_stage(cells: list[Cell]) -> Verdict:
    with quiet_solver():
        return _KEPT["gate"].of_stage(cells)
