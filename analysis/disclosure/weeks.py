"""Weeks and weekdays, of which only everybody has figures: what they say of the few.

When the others of a school hardly use their tablets at all, the figure of a week is that of the few who do. What the few do in a week and
what the others do make up the week, and neither is more than what they do in the whole period.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from analysis.config import Privacy
from analysis.disclosure.cells import Cell
from analysis.disclosure.crossed import Few
from analysis.disclosure.knowledge import Equations
from analysis.disclosure.protected import Secret, width_of
from analysis.disclosure.scene import Node, Scene, most, most_of, relaxed

_MARGIN = 1.2  # how many days a group has in a week is estimated: it must stay so many times as uncertain as others
_SURE = 2.5  # times as uncertain as it must be, by sums alone: needs no programme


class _Part(NamedTuple):
    """What some pupils do in the period, and at most in the week and in the rest of it.

    At most: as much as so many pupil-days can, or as there is in one course of events that is possible.
    """

    numerator: float
    most_in_week: float
    most_in_rest: float


class InWeek(NamedTuple):
    """Few pupils in one week, where the figures come near to them; `width`: how uncertain their numerator must stay."""

    few: Few
    week: Node
    mine: _Part
    others: _Part
    width: float


def in_weeks(scene: Scene, few: Iterable[Few], privacy: Privacy) -> list[InWeek]:
    """Every few pupils in every week of which sums alone do not show that they are safe."""
    weeks: dict[Node, list[Node]] = defaultdict(list)
    for node in scene.cells:
        if node.time[1] and node._replace(time=(node.time[0], "", "")) in scene.cells:
            weeks[node._replace(time=(node.time[0], "", ""))].append(node)
    asked = [(each, week) for each in few for week in weeks.get(each.larger[0].whole, ())]
    return [found for each, week in asked for found in _in_week(scene, each, week, privacy)]


def _in_week(scene: Scene, few: Few, week: Node, privacy: Privacy) -> Iterator[InWeek]:
    whole, cell = scene.cells[few.larger[0].whole], scene.cells[week]
    numerator, denominator = (
        sum(getattr(scene.cells[node], name) for node in few.larger) - sum(getattr(scene.cells[node], name) for node in few.smaller)
        for name in ("numerator", "denominator")
    )
    if not 0 < denominator < whole.denominator or not 0 <= numerator <= whole.numerator:
        return
    time = cell.denominator / whole.denominator
    mine, others = _parts(cell, time, (numerator, denominator), (whole.numerator - numerator, whole.denominator - denominator))
    width = _MARGIN * width_of(cell.unit, numerator / denominator, privacy) * denominator * time
    if _width_by_sums(scene, few, week, mine, others) < _SURE * width:
        yield InWeek(few, week, mine, others, width)


def _parts(cell: Cell, time: float, mine: tuple[float, float], others: tuple[float, float]) -> tuple[_Part, _Part]:
    """The few and the others, each by numerator and denominator in the period, in a week that is such a part of its `time`."""
    (mine_in_week, mine_in_rest), (others_in_week, others_in_rest) = (
        (most(cell.unit, denominator * time), most(cell.unit, denominator * (1 - time))) for _, denominator in (mine, others)
    )
    least = max(0.0, cell.numerator - others_in_week, mine[0] - mine_in_rest)
    greatest = min(mine_in_week, cell.numerator - others[0] + others_in_rest)
    # one split of the week that the numerators of the period allow; the estimated days must allow it too
    split = min(max((least + greatest) / 2, 0.0, cell.numerator - others[0]), mine[0], cell.numerator)
    return (
        _Part(mine[0], max(mine_in_week, split), max(mine_in_rest, mine[0] - split)),
        _Part(others[0], max(others_in_week, cell.numerator - split), max(others_in_rest, others[0] - cell.numerator + split)),
    )


def _width_by_sums(scene: Scene, few: Few, week: Node, mine: _Part, others: _Part) -> float:
    """How uncertain the few are in a week when one looks only at the week and at what the others do in the period."""
    low, high = _range(scene, week)
    least, most_ = map(sum, zip(*(_range(scene, node) for node in _others(scene, few)), strict=True)) if _others(scene, few) else (0.0, 0.0)
    return min(mine.most_in_week, high - max(0.0, least - others.most_in_rest)) - max(0.0, low - min(others.most_in_week, most_))


def _others(scene: Scene, few: Few) -> list[Node]:
    """The groups that make up those who are not of the few."""
    return [node for node in scene.groups[few.larger[0].whole][few.larger[0].breakdown] if node not in few.larger] + [*few.smaller]


def _range(scene: Scene, node: Node) -> tuple[float, float]:
    cell = scene.cells[node]
    return (max(0.0, cell.low), min(cell.high, most_of(cell))) if scene.is_known(node) else (0.0, most_of(cell))


def tell_weeks(equations: Equations, terms: Callable[[Node], Mapping[int, float]], inside: Iterable[InWeek]) -> list[int]:
    """Adds to equations, in which `terms` has the numerator of a node, what few pupils do in weeks; the numbers of these quantities."""
    return [_tell(equations, terms, each) for each in inside]


def _tell(equations: Equations, terms: Callable[[Node], Mapping[int, float]], each: InWeek) -> int:
    few_in_week, others_in_week = equations.quantity(each.mine.most_in_week), equations.quantity(each.others.most_in_week)
    equations.fact({few_in_week: 1.0, others_in_week: 1.0} | dict.fromkeys(terms(each.week), -1.0), 0.0)
    in_period = dict.fromkeys((column for node in each.few.larger for column in terms(node)), 1.0)
    in_period |= dict.fromkeys((column for node in each.few.smaller for column in terms(node)), -1.0)
    theirs = {column: -factor for column, factor in in_period.items()}
    for column in terms(each.few.larger[0].whole):
        theirs[column] = theirs.get(column, 0.0) + 1.0
    for period, column, part in ((in_period, few_in_week, each.mine), (theirs, others_in_week, each.others)):
        equations.figure({**period, column: -1.0}, *relaxed(0.0, part.most_in_rest))
    return few_in_week


def keep_weeks(equations: Equations, inside: Iterable[InWeek], numbers: Iterable[int]) -> list[Secret]:
    """Adds that what few pupils do in weeks must stay uncertain; the secrets in the order of the targets."""
    found = []
    for each, number in zip(inside, numbers, strict=True):
        equations.target({number: 1.0}, width=each.width)
        found.append(Secret("few pupils in one week", each.week))
    return found
