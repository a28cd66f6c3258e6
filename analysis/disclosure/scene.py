"""A scene: figures that can be told from one another, of all schools and the territory, as a system of equations.

The quantities are numerators: minutes, pupil-days, pupils. They are never negative and never more than the denominators allow, which an
attacker is taken to know. A node is what is counted where (a measure, a school, a level); it has one quantity at each time, for a
period, a week or a weekday of one. Figures of different times stand beside each other and are not linked here: see `times.py`.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from analysis.disclosure.cells import ALL, TERRITORY, Cell, Key, Rules
from analysis.disclosure.knowledge import Equations

_MOST = {"share": 1.0, "minutes": 1440.0}  # of a numerator per unit of its denominator
_MANY = 1000.0  # of other things in a period: visits, openings
_EXACT = 1e-6  # relative: sums of floats
_WEEK_WORTH = 0.2  # of a week or a weekday to a reader, beside a whole period
_HEAD_WORTH = 3.0  # of the figure of a whole school, beside that of a group


class Node(NamedTuple):
    """What is counted, where and when: a figure in the words of the scene, where a week is a time and not a part."""

    measure: str
    uai: str
    breakdown: str
    category: str
    evidence: str
    time: tuple[str, str, str]

    @property
    def whole(self) -> "Node":
        """Everybody at the same place and time."""
        return self._replace(breakdown=ALL, category=ALL)

    @property
    def steady(self) -> "Node":
        """The same in every period; a week stays that week."""
        return self._replace(time=("", *self.time[1:]))


class Sum(NamedTuple):
    """`whole` is made of `parts` and perhaps of a `rest`: of how many pupils, of which numerator and denominator.

    `is_of_groups`: the parts are groups of pupils; else they are parts of the numerator.
    """

    whole: Node
    parts: tuple[Node, ...]
    rest: tuple[int, float, float] | None
    is_of_groups: bool


def node_of(key: Key) -> Node:
    """The node of a figure."""
    if key.breakdown in ("week", "weekday"):
        return Node(key.measure, key.uai, ALL, ALL, key.evidence, (key.period, key.breakdown, key.category))
    return Node(key.measure, key.uai, key.breakdown, key.category, key.evidence, (key.period, "", ""))


Past = Mapping[Key, Sequence[tuple[float, float]]]


class Scene:
    """The equations of some cells, by node; `figures` numbers those that could be hidden.

    `past` has what figures that have left the house leave open, per unit of their denominators: it is known, whatever is hidden now.
    """

    def __init__(self, cells: Iterable[Cell], rules: Mapping[str, Rules], past: Past) -> None:
        self.equations = Equations()
        self.cells = {node_of(cell.key): cell for cell in cells}
        self.nodes = dict(enumerate(self.cells))  # by the number of their quantity; a rest has none
        self._rules = rules
        self._groups: dict[Node, int] = {}
        self._columns = {node: self.equations.quantity(most_of(cell)) for node, cell in self.cells.items()}
        self._past = past
        self.figures = {node: self.tell_figure(self.equations, node, self.terms(node)) for node in self.cells}
        for each in self.sums:
            self._tell_sum(each)
        self._tell_wholes()
        self.join_schools(self.equations, self.terms)

    @cached_property
    def sums(self) -> list[Sum]:
        """Which nodes make up which: groups of a whole; measures that are sums or parts of others; stages."""
        found = []
        for whole, breakdowns in self.groups.items():
            rule = self._rules[whole.measure]
            for breakdown, parts in breakdowns.items():
                if breakdown in rule.cumulative:
                    found += self._chain([n for c in rule.cumulative[breakdown] for n in parts if n.category == c])
                elif breakdown not in (ALL, *rule.whole):
                    found += self._sum(whole, parts, is_of_groups=True)
        for node in self.cells:
            rule = self._rules[node.measure]
            if rule.sum_of:
                found += self._sum(node, [node._replace(measure=name) for name in rule.sum_of])
            if rule.within:
                found += self._sum(node._replace(measure=rule.within), [node], is_open=True)
        return found

    @cached_property
    def groups(self) -> dict[Node, dict[str, list[Node]]]:
        """The nodes of each place and time, by that of everybody and by breakdown."""
        found: dict[Node, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for node in self.cells:
            found[node.whole][node.breakdown].append(node)
        return found

    @cached_property
    def wholes(self) -> dict[tuple[str, str], dict[Node, None]]:
        """Everybody, for each measure of a place and period."""
        found: dict[tuple[str, str], dict[Node, None]] = defaultdict(dict)
        for node in self.cells:
            if node.time[1] == "":
                found[node.uai, node.time[0]][node.whole] = None
        return dict(found)

    def terms(self, node: Node, factor: float = 1.0) -> dict[int, float]:
        """The numerator of a node in quantities of the scene, times a factor."""
        return {self._columns[node]: factor}

    def rest_terms(self, each: Sum) -> dict[int, float]:
        """What is left of a whole beside its parts."""
        return self.terms(each.whole) | {self._columns[part]: -1.0 for part in each.parts}

    def is_known(self, node: Node) -> bool:
        """Whether a node's figure is shown, or stands as it was released."""
        return self.cells[node].hidden is None or self.cells[node].is_standing

    def tell_figure(self, equations: Equations, node: Node, terms: Mapping[int, float]) -> int:
        """Adds the figure of a node to equations in which `terms` are its numerator; its number there.

        The same node in every period of the year is hidden with it, so that the mask is steady. A figure that was released and has
        been revised since is taken to be as near to the new one as it was to the old.
        """
        cell = self.cells[node]
        for least, most in self._past.get(cell.key, ()):
            low, high = min(least * cell.denominator, cell.numerator), max(most * cell.denominator, cell.numerator)
            equations.figure(terms, *relaxed(low, high))
        cost = math.inf if cell.is_standing else _worth(cell)
        group = self._groups.setdefault(node.steady, len(self._groups))
        return equations.figure(terms, *relaxed(cell.low, cell.high), self.is_known(node), cost, group)

    def _chain(self, nodes: list[Node]) -> list[Sum]:
        """Stages, the smallest first: each holds the one before and something more."""
        return [s for small, large in pairwise(nodes) for s in self._sum(large, [small], is_open=True)]

    def _sum(self, whole: Node, parts: Iterable[Node], is_of_groups: bool = False, is_open: bool = False) -> list[Sum]:
        """The parts of a whole, unless they overlap or stand in no figure; `is_open`: there may always be something more."""
        known = tuple(part for part in parts if part in self.cells)
        if whole not in self.cells or not known:
            return []
        cell, mine = self.cells[whole], [self.cells[part] for part in known]
        rest = (
            cell.n - sum(each.n for each in mine),
            cell.numerator - sum(each.numerator for each in mine),
            cell.denominator - sum(each.denominator for each in mine) if is_of_groups else 0.0,
        )
        if min(rest[1:]) < -_EXACT * max(1.0, cell.denominator, cell.numerator):
            return []
        has_rest = is_open or rest[1] > _EXACT * cell.numerator or rest[2] > _EXACT * cell.denominator
        return [Sum(whole, known, rest if has_rest else None, is_of_groups)]

    def _tell_sum(self, each: Sum) -> None:
        terms = self.rest_terms(each)
        if each.rest is not None:
            whole = self.cells[each.whole]
            limit = most(whole.unit, each.rest[2]) if each.is_of_groups else most_of(whole)
            terms[self.equations.quantity(max(limit, each.rest[1]))] = -1.0
        self.equations.fact(terms, 0.0)

    def _tell_wholes(self) -> None:
        """Parts that make up a whole which has no figure of its own: kinds of apps, of all the time in apps.

        Where none of them is shown, or there is but one, it tells nothing: nobody knows what parts there are.
        """
        for breakdowns in self.groups.values():
            for breakdown, parts in breakdowns.items():
                is_whole = breakdown in self._rules[parts[0].measure].whole
                if is_whole and len(parts) > 1 and any(map(self.is_known, parts)):
                    total = sum(self.cells[part].numerator for part in parts)
                    self.equations.fact({self._columns[part]: 1.0 for part in parts}, total)

    @cached_property
    def schools(self) -> dict[Node, list[Node]]:
        """For each figure of the territory, those of the schools that count in it; for groups of schools, those of theirs."""
        found: dict[Node, list[Node]] = defaultdict(list)
        for node, cell in self.cells.items():
            if node.uai != TERRITORY:
                found[node._replace(uai=TERRITORY)].append(node)
                for breakdown, category in cell.sides if node == node.whole else ():
                    found[node._replace(uai=TERRITORY, breakdown=breakdown, category=category)].append(node)
        return {above: self._counted(above, nodes) for above, nodes in found.items() if above in self.cells}

    def _counted(self, above: Node, nodes: list[Node]) -> list[Node]:
        """The territory's measures leave out, as a rule, the schools of whose tablets too little was heard: its own sum tells."""
        heard = [node for node in nodes if not self.cells[node].is_silent]
        apart = [abs(self.cells[above].denominator - sum(self.cells[node].denominator for node in some)) for some in (heard, nodes)]
        return heard if apart[0] <= apart[1] else nodes

    def join_schools(self, equations: Equations, terms: Callable[[Node], Mapping[int, float]]) -> None:
        """Adds to equations, in which `terms` has the numerator of a node, that the territory's figures are the sums of its schools'.

        Somebody who changed school stands in two of them: the difference is taken to be known.
        """
        for above, nodes in self.schools.items():
            mine = {column: -1.0 for node in nodes for column in terms(node)}
            total = self.cells[above].numerator - sum(self.cells[node].numerator for node in nodes)
            equations.fact({**terms(above), **mine}, total)


def most(unit: str, denominator: float) -> float:
    """No numerator over this denominator can be more."""
    return denominator * _MOST.get(unit, _MANY)


def most_of(cell: Cell) -> float:
    """No numerator of a cell can be more."""
    return max(cell.numerator, most(cell.unit, cell.denominator))


def relaxed(low: float, high: float) -> tuple[float, float]:
    """An interval as wide as sums of floats need it."""
    margin = _EXACT * max([1.0, *(abs(end) for end in (low, high) if math.isfinite(end))])
    return low - margin, high + margin


def _worth(cell: Cell) -> float:
    """What a figure is worth to its readers: more, the more pupils it speaks of and the larger it is beside others of them."""
    share = cell.value if cell.unit == "share" else 1.0
    part = _WEEK_WORTH if cell.key.breakdown.startswith("week") else _HEAD_WORTH if cell.key.breakdown == ALL else 1.0
    return cell.n * (0.5 + share) * part
