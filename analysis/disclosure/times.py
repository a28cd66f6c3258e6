"""Time: this month against last month, a month against its trimester, a week against its month.

What happens on disjoint days adds up, so a figure of one period says something of every period that shares days with it. To prove that a
small group stays uncertain, it is enough to show two courses of events, far enough apart, that agree with every figure of every period:
here, all that could have been different in one period is spread evenly over its days. Each figure of an overlapping period then
bounds the difference, divided by the part of the days that falls into it. An attacker can do no better than this proof allows; he may
do worse.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from analysis.disclosure.cells import Cell
from analysis.disclosure.horizon import Time
from analysis.disclosure.knowledge import Bools, Floats
from analysis.disclosure.scene import Node, Scene, most_of, relaxed


def link_times(scene: Scene, days: Mapping[Time, Bools]) -> None:
    """Adds to a scene what the figures of other times say of each node; `days`: which of all days each time holds."""
    series: dict[Node, list[Node]] = defaultdict(list)
    for node in scene.cells:
        series[node._replace(time=("", "", ""))].append(node)
    for nodes in series.values():
        if len(nodes) > 1:
            _link(scene, nodes, np.stack([days[node.time] for node in nodes]))


def _link(scene: Scene, nodes: Sequence[Node], days: Bools) -> None:
    cells, shown = [scene.cells[node] for node in nodes], [scene.is_known(node) for node in nodes]
    part = _overlap(days)
    np.fill_diagonal(part, 0.0)  # a figure of the same time is a figure of the scene
    down, up = _room(cells, shown)
    with np.errstate(divide="ignore", invalid="ignore"):
        least = np.where(part > 0, -down / part, -np.inf).max(axis=1)
        most = np.where(part > 0, up / part, np.inf).min(axis=1)
    for node, cell, low, high in zip(nodes, cells, least, most, strict=True):
        scene.equations.figure(scene.terms(node), *relaxed(cell.numerator + low, cell.numerator + high))


def _overlap(days: Bools) -> Floats:
    """[i, j]: which part of the days of time i falls into time j."""
    shared = days.astype(float) @ days.T.astype(float)
    return shared / np.maximum(days.sum(axis=1, keepdims=True), 1)


def _room(cells: Sequence[Cell], shown: Sequence[bool]) -> tuple[Floats, Floats]:
    """How much smaller and how much larger each numerator could be, by what is shown of it and by what is possible at all."""
    numerator = np.array([cell.numerator for cell in cells])
    low = np.array([max(0.0, cell.low) if is_shown else 0.0 for cell, is_shown in zip(cells, shown, strict=True)])
    high = np.array([min(most_of(c), c.high) if is_shown else most_of(c) for c, is_shown in zip(cells, shown, strict=True)])
    return np.maximum(numerator - low, 0.0), np.maximum(high - numerator, 0.0)
