"""All times at once: the exact form of what `times.py` proves quickly, for the few groups that its quick proof leaves open.

Every node of a school has one quantity for each piece of the year, so that periods, weeks and months are sums of pieces that they
share. Figures of the territory are sums of their schools' at each time: which schools count may change from month to month.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from analysis.disclosure.cells import TERRITORY, Cell
from analysis.disclosure.horizon import Time
from analysis.disclosure.knowledge import Bools, Equations, Target
from analysis.disclosure.scene import Node, Scene, most, most_of, relaxed

_WHOLE = -1  # the piece of a figure of the territory: its own time, whole
_YEAR = ("", "", "")


class Linked:
    """The equations of a scene with its times linked; `days`: which days each time holds. `figures` numbers those that could be hidden."""

    def __init__(self, scene: Scene, days: Mapping[Time, Bools]) -> None:
        self.equations = Equations()
        self._scene, self._days = scene, {time: int(held.sum()) for time, held in days.items()}
        self._pieces, self._lengths = _pieces(days)
        self._limits = self._limits_of_pieces()
        self._columns = {place: self.equations.quantity(limit) for place, limit in self._limits.items()}
        for node, cell in scene.cells.items():
            self.equations.figure(self.terms(node), *relaxed(0.0, most_of(cell)))
        self.figures = {node: scene.tell_figure(self.equations, node, self.terms(node)) for node in scene.cells}
        self._tell_sums()
        self._tell_weekdays()
        scene.join_schools(self.equations, self.terms)

    def keep(self, targets: Sequence[Target]) -> None:
        """Adds targets of the scene, in its own quantities."""
        nodes = self._scene.nodes
        for terms, *need in targets:
            mine = {column: factor for number, factor in terms.items() for column in self.terms(nodes[number])}
            self.equations.target(mine, *need)

    def terms(self, node: Node) -> dict[int, float]:
        """The numerator of a node in quantities."""
        places = [(_steady(node), piece) for piece in self._pieces_of(node)]
        return {self._columns[place]: 1.0 for place in places if place in self._columns}

    def _pieces_of(self, node: Node) -> Sequence[int]:
        return (_WHOLE,) if node.uai == TERRITORY else self._pieces[node.time]

    def _limits_of_pieces(self) -> dict[tuple[Node, int], float]:
        """What the numerator of each node can be at most in each piece; a piece of a time in which there is nobody is left out."""
        limits: dict[tuple[Node, int], float] = {}
        for node, cell in self._scene.cells.items():
            for piece in self._pieces_of(node):
                place = (_steady(node), piece)
                limits[place] = min(self._most_in(node, cell, piece), limits.get(place, np.inf))
        empty = self._empty_pieces()
        return {place: limit for place, limit in limits.items() if place not in empty}

    def _most_in(self, node: Node, cell: Cell, piece: int) -> float:
        """What its numerator can be at most in a piece: no more days of anybody than the piece has, where days are what is counted."""
        days = self._days[node.time]
        if piece == _WHOLE or cell.denominator > cell.n * days:
            return most_of(cell)
        return min(most_of(cell), most(cell.unit, cell.n * self._lengths[piece]))

    def _empty_pieces(self) -> set[tuple[Node, int]]:
        """The pieces of periods in which a group of a school has no figure, though the school has one."""
        times: dict[Node, set[Time]] = defaultdict(set)
        for node in self._scene.cells:
            if node.uai != TERRITORY and node.time[1] == "":
                times[_steady(node)].add(node.time)
        absent = {node: times.get(node.whole, set()) - own for node, own in times.items()}
        return {(node, piece) for node, missing in absent.items() for time in missing for piece in self._pieces[time]}

    def _tell_sums(self) -> None:
        parts: dict[tuple[Node, str], dict[Node, None]] = defaultdict(dict)  # in the order of the scene: the same on every machine
        has_rest: set[tuple[Node, str]] = set()
        for each in self._scene.sums:
            kind = (_steady(each.whole), each.parts[0].measure + each.parts[0].breakdown)
            parts[kind] |= dict.fromkeys(map(_steady, each.parts))
            if each.rest is not None:
                has_rest.add(kind)
        for kind, nodes in parts.items():
            self._tell_sum(kind[0], list(nodes), kind in has_rest)

    def _tell_sum(self, whole: Node, parts: Sequence[Node], has_rest: bool) -> None:
        for (node, piece), column in list(self._columns.items()):
            if node == whole:
                terms = {column: 1.0} | {self._columns[part, piece]: -1.0 for part in parts if (part, piece) in self._columns}
                if has_rest:
                    terms[self.equations.quantity(self._limits[node, piece])] = -1.0
                self.equations.fact(terms, 0.0)

    def _tell_weekdays(self) -> None:
        """In every piece, Monday to Friday make up the whole."""
        weekdays = defaultdict(list)
        for (node, piece), column in self._columns.items():
            if node.time[1] == "weekday":
                weekdays[node._replace(time=_YEAR), piece].append(column)
        for place, columns in weekdays.items():
            if place in self._columns:
                self.equations.fact({self._columns[place]: 1.0} | dict.fromkeys(columns, -1.0), 0.0)


def _steady(node: Node) -> Node:
    """The node of all times; a weekday is one of its own, and a figure of the territory stays where it is."""
    if node.uai == TERRITORY:
        return node
    return node._replace(time=("", "weekday", node.time[2]) if node.time[1] == "weekday" else _YEAR)


def _pieces(days: Mapping[Time, Bools]) -> tuple[dict[Time, list[int]], list[int]]:
    """The pieces of which each time is made, days that the same periods and weeks hold; and how many days each piece has.

    A weekday has the pieces of its period in which it comes.
    """
    spans = [time for time in days if time[1] != "weekday"]
    held = np.stack([days[time] for time in spans], axis=1)
    kinds, piece = np.unique(held, axis=0, return_inverse=True)
    found = {time: np.flatnonzero(kinds[:, i]).tolist() for i, time in enumerate(spans)}
    by_day = {time: sorted(set(piece[days[time]].tolist())) for time in days if time[1] == "weekday"}
    return found | by_day, np.bincount(piece).tolist()
