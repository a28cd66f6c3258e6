"""A reader who wants to know: written apart from the gate, of which it imports nothing.

It has what a reader has: the rows of `published.values`, the printed rules of rounding and coding, and public knowledge, of which it has
more than any reader: exactly how many pupils and pupil-days every group has in every piece of the year, alone and crossed with the
groups of the other breakdown. It says of every group of fewer than 11 pupils between which two values its figure must lie: by looking at
every table of whole numbers where tables are small, by linear programming over all schools and periods where they are not.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

THRESHOLD = 11
TERRITORY, ALL = "territory", "all"
POINTS, MINUTES, DAY = 0.20, 10.0, 1440.0  # what must stay open of a small group; no day has more minutes
CODES = ((300, 0.01), (100, 0.02), (40, 0.05), (20, 0.10), (11, 0.20))
MOST_TABLES = 300_000  # beyond, nobody looks at every table
SLACK = 1e-4  # of what must stay open: rounding of the solver
TRIES = 6
COUNTS = "regular_share"  # of pupils; the others are of pupil-days
IN_MINUTES = ("minutes_per_pupil_day",)

Time = tuple[str, str]  # a period, and a week of it or ""
Place = tuple[str, Time, str, str]  # uai, time, breakdown, category
Cell = tuple[str, tuple[str, ...]]  # uai, one category of each breakdown: the pupils whom no published group divides


class Figure(NamedTuple):
    """A row of `published.values`; `shown` without a value is a row that says that it is hidden."""

    measure: str
    uai: str
    period: str
    breakdown: str
    category: str
    evidence: str
    value: float | None
    shown: bool
    reason: str | None

    @property
    def place(self) -> Place:
        """Where and of whom; a week is a time."""
        if self.breakdown == "week":
            return self.uai, (self.period, self.category), ALL, ALL
        return self.uai, (self.period, ""), self.breakdown, self.category


@dataclass
class Public:
    """What everybody knows of the town: its groups, the pieces of each time, and how many pupils and pupil-days there are where."""

    breakdowns: tuple[str, ...]
    pieces: dict[Time, tuple[int, ...]] = field(default_factory=dict)
    days: dict[tuple[Cell, int], float] = field(default_factory=dict)
    pupils: dict[tuple[Cell, Time], int] = field(default_factory=dict)
    _found: dict[tuple[str, str, str], list[Cell]] = field(default_factory=dict)

    def cells(self, place: Place) -> list[Cell]:
        """The cells of which a group is made."""
        uai, _, breakdown, category = place
        if (uai, breakdown, category) not in self._found:
            mine = sorted({cell for cell, _ in self.pupils if uai in (cell[0], TERRITORY)})
            at = 0 if breakdown == ALL else self.breakdowns.index(breakdown)
            self._found[uai, breakdown, category] = [cell for cell in mine if breakdown == ALL or cell[1][at] == category]
        return self._found[uai, breakdown, category]

    def pupils_of(self, place: Place) -> int:
        """How many pupils a group has at some time."""
        return sum(self.pupils.get((cell, place[1]), 0) for cell in self.cells(place))

    def categories(self, breakdown: str) -> list[str]:
        """The groups of a breakdown."""
        at = self.breakdowns.index(breakdown)
        return sorted({cell[1][at] for cell, _ in self.pupils})

    def schools(self) -> list[str]:
        """Every school."""
        return sorted({cell[0] for cell, _ in self.pupils})


class Secret(NamedTuple):
    """Fewer pupils than the threshold: some cells at some time, and what they really do, to know how uncertain it must stay."""

    name: str
    measure: str
    time: Time
    cells: tuple[Cell, ...]


class Found(NamedTuple):
    """What the attacker says of a secret, per pupil or per pupil-day."""

    secret: Secret
    low: float
    high: float


def is_recovered(found: Found, value: float) -> bool:
    """Whether a share is known within 20 points, or minutes within 10 (or within themselves, where they are fewer)."""
    needed = min(MINUTES, max(1.0, value)) if found.secret.measure in IN_MINUTES else POINTS
    return found.high - found.low < needed * (1 - SLACK)


def bound_of(pupils: int) -> float:
    """The share at which a figure of so many pupils is told as "at most" or "at least"."""
    return next(bound for size, bound in CODES if pupils >= size)


def left_open(figure: Figure, pupils: int) -> tuple[float, float]:
    """Between which values a shown figure lies. A share that bears no code is none that would bear one."""
    assert figure.value is not None
    if figure.measure in IN_MINUTES:
        half = (5.0 if pupils < 22 else 1.0) / 2
        return max(0.0, figure.value - half), figure.value + half
    bound = bound_of(pupils)
    if figure.reason == "at_most":
        return 0.0, bound
    if figure.reason == "at_least":
        return 1 - bound, 1.0
    half = (0.05 if pupils < 40 else 0.01) / 2
    return max(bound, figure.value - half), min(1 - bound, figure.value + half)


def secrets_of(figures: Iterable[Figure], public: Public, measures: Iterable[str]) -> Iterator[Secret]:
    """Every group of fewer pupils than the threshold, and every few by whom groups of two kinds differ.

    Of the kinds of which the measure has figures, shown or not: of others, a group is as good as any ten pupils of a school. A group is
    few when it is in the period: in a week, nobody counts it.
    """
    kinds: dict[str, set[str]] = defaultdict(set)
    for figure in figures:
        kinds[figure.measure].add(figure.breakdown)
    for measure in measures:
        for time in public.pieces:
            if measure == COUNTS and time[1]:
                continue
            for name, cells in _small(public, time, [kind for kind in public.breakdowns if kind in kinds[measure]]):
                yield Secret(name, measure, time, cells)


def _small(public: Public, time: Time, kinds: Sequence[str]) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    for uai in (*public.schools(), TERRITORY):
        everybody = [(ALL, 1, public.cells((uai, time, ALL, ALL)))]
        unions = [everybody, *(list(_unions(public, uai, time, kind)) for kind in kinds)]
        groups = [union for each in unions for union in each if union[1] == 1]
        found = {frozenset(cells): name for name, _, cells in groups}
        for mine, others in itertools.permutations(unions, 2):
            for (name, _, left), (other, _, right) in itertools.product(mine, others):
                if set(_peopled(public, right, time)) <= set(left):
                    found.setdefault(frozenset(left) - frozenset(right), f"{name} without {other}")
        for cells, name in found.items():
            if 0 < sum(public.pupils.get((cell, (time[0], "")), 0) for cell in cells) < THRESHOLD and _peopled(public, cells, time):
                yield f"{uai} {name}", tuple(sorted(cells))


def _unions(public: Public, uai: str, time: Time, breakdown: str) -> Iterator[tuple[str, int, list[Cell]]]:
    """Every union of the groups of a breakdown: its name, of how many groups it is, and its cells."""
    categories = public.categories(breakdown)
    for size in range(1, len(categories) + 1):
        for chosen in itertools.combinations(categories, size):
            cells = [cell for category in chosen for cell in public.cells((uai, time, breakdown, category))]
            yield f"{breakdown} {'+'.join(chosen)}", size, cells


def _peopled(public: Public, cells: Iterable[Cell], time: Time) -> list[Cell]:
    return [cell for cell in cells if public.pupils.get((cell, time), 0)]


class System:
    """The linear programme of one measure: one quantity for each cell and piece of the year, of pupils for each cell and period."""

    def __init__(self, figures: Iterable[Figure], public: Public, measure: str) -> None:
        self.public, self.is_of_pupils = public, measure == COUNTS
        self._most = DAY if measure in IN_MINUTES else 1.0
        self._sizes: Mapping[tuple, float] = public.pupils if self.is_of_pupils else public.days
        self._columns = {key: i for i, key in enumerate(key for key, size in self._sizes.items() if size > 0)}
        self.upper = np.array([self._sizes[key] * self._most for key in self._columns])
        rows, least, most = [], [], []
        for figure in figures:
            if figure.shown and figure.value is not None:
                columns = self.columns(public.cells(figure.place), figure.place[1])
                low, high = left_open(figure, public.pupils_of(figure.place))
                rows.append(columns)
                least.append(low * self.size(columns))
                most.append(high * self.size(columns))
        self.rows = self.matrix(rows)
        self.least, self.most = np.array(least), np.array(most)

    def columns(self, cells: Iterable[Cell], time: Time) -> list[int]:
        """The quantities of some cells at some time."""
        ends: Sequence = (time,) if self.is_of_pupils else self.public.pieces[time]
        return [self._columns[cell, end] for cell in cells for end in ends if (cell, end) in self._columns]

    def size(self, columns: Iterable[int]) -> float:
        """The pupils or pupil-days of some quantities."""
        return float(sum(self.upper[column] for column in columns)) / self._most

    def matrix(self, rows: Sequence[Sequence[int]]) -> csr_array:
        """Sums of quantities, one each row."""
        places = ([i for i, row in enumerate(rows) for _ in row], [column for row in rows for column in row])
        return csr_array((np.ones(len(places[0])), places), shape=(len(rows), self.upper.size))

    def bounds(self, secrets: Sequence[Secret]) -> list[Found]:
        """The least and the greatest value of each secret; where two worlds lie far enough apart already, those."""
        columns = [self.columns(secret.cells, secret.time) for secret in secrets]
        targets, sizes = self.matrix(columns), np.array([self.size(each) for each in columns])
        enough = sizes * (MINUTES if self._most == DAY else POINTS)
        low, high = np.full(len(secrets), np.inf), np.full(len(secrets), -np.inf)
        chance = np.random.default_rng(7)
        for _ in range(TRIES if len(secrets) > TRIES else 0):
            weights = (high - low < enough) * chance.choice((-1.0, 1.0), len(secrets)) / sizes
            if not weights.any():
                break
            for sign in (1.0, -1.0):
                values = targets @ self._end(sign * (weights @ targets))
                low, high = np.minimum(low, values), np.maximum(high, values)
        for i in np.flatnonzero(high - low < enough):
            row = targets[[i]].toarray().ravel()
            low[i], high[i] = row @ self._end(row), row @ self._end(-row)
        return [Found(*each) for each in zip(secrets, low / sizes, high / sizes, strict=True)]

    def _end(self, objective: np.ndarray) -> np.ndarray:
        """The world that agrees with all that is told and in which the objective is least."""
        limits = np.concatenate([self.most, -self.least]) + 1e-7
        told = csr_array(vstack([self.rows, -self.rows])) if limits.size else None
        found = linprog(objective, told, limits if limits.size else None, bounds=np.column_stack([0 * self.upper, self.upper]))
        assert found.status == 0, found.message
        return found.x


def by_programme(figures: Sequence[Figure], public: Public, secrets: Sequence[Secret]) -> list[Found]:
    """Linear programmes, over all schools and times; what counts pupils, over all schools of one time."""
    found = []
    for measure in sorted({secret.measure for secret in secrets}):
        system = System([figure for figure in figures if figure.measure == measure], public, measure)
        found += system.bounds([secret for secret in secrets if secret.measure == measure])
    return found


def by_brute_force(figures: Iterable[Figure], public: Public, secrets: Sequence[Secret]) -> list[Found]:
    """Every table of whole pupils that agrees with all that is told at one time; secrets whose tables are too many are left out."""
    told = {figure.place: figure for figure in figures if figure.measure == COUNTS and figure.shown and figure.value is not None}
    found = []
    for time in dict.fromkeys(secret.time for secret in secrets if secret.measure == COUNTS):
        tables = _tables(told, public, time)
        if tables is not None:
            found += [_among(tables, public, s) for s in secrets if s.measure == COUNTS and s.time == time and s.cells]
    return found


def _among(tables: Mapping[Cell, np.ndarray], public: Public, secret: Secret) -> Found:
    peopled = [cell for cell in secret.cells if cell in tables]
    sums, pupils = sum(tables[cell] for cell in peopled), sum(public.pupils[cell, secret.time] for cell in peopled)
    return Found(secret, sums.min() / pupils, sums.max() / pupils)


def _tables(told: Mapping[Place, Figure], public: Public, time: Time) -> dict[Cell, np.ndarray] | None:
    """The pupils of each cell in every table that agrees: one array each, all of one length; None where there are too many."""
    done: dict[Cell, np.ndarray] = {}
    for uai in public.schools():
        for cell in public.cells((uai, time, ALL, ALL)):
            pupils = public.pupils.get((cell, time), 0)
            if pupils:
                grown = _with(done, cell, pupils)
                if grown is None:
                    return None
                done = _agreeing(grown, told, public, time, cell)
    return done


def _with(done: Mapping[Cell, np.ndarray], cell: Cell, pupils: int) -> dict[Cell, np.ndarray] | None:
    """Every table so far with every number in one more cell."""
    length = len(next(iter(done.values()))) if done else 1
    if length * (pupils + 1) > MOST_TABLES:
        return None
    grown = {each: np.repeat(values, pupils + 1) for each, values in done.items()}
    return grown | {cell: np.tile(np.arange(pupils + 1, dtype=np.int16), length)}


def _agreeing(
    tables: dict[Cell, np.ndarray], told: Mapping[Place, Figure], public: Public, time: Time, last: Cell
) -> dict[Cell, np.ndarray]:
    """The tables that no figure contradicts whose last cell this is; figures that are not complete yet say the most that they can be."""
    agrees = np.ones(len(tables[last]), dtype=bool)
    for place in _places_of(last, public, time):
        if place in told:
            cells = _peopled(public, public.cells(place), time)
            pupils = sum(public.pupils[cell, time] for cell in cells)
            least, most = whole_numbers(told[place], pupils)
            sums = sum(tables[cell] for cell in cells if cell in tables)
            missing = sum(public.pupils[cell, time] for cell in cells if cell not in tables)
            agrees &= (sums <= most) & (sums + missing >= least)
    return {cell: values[agrees] for cell, values in tables.items()}


def _places_of(cell: Cell, public: Public, time: Time) -> Iterator[Place]:
    for uai in (cell[0], TERRITORY):
        yield uai, time, ALL, ALL
        for breakdown, category in zip(public.breakdowns, cell[1], strict=True):
            yield uai, time, breakdown, category


def whole_numbers(figure: Figure, pupils: int) -> tuple[int, int]:
    """The least and the greatest number of pupils, of so many, whose share would be told in the same words."""
    low, high = left_open(figure, pupils)
    least, most = math.ceil(low * pupils - 1e-9), math.floor(high * pupils + 1e-9)
    if figure.reason is None:  # a share at its bound would bear the code
        bound = bound_of(pupils)
        least = max(least, math.floor(bound * pupils + 1e-9) + 1)
        most = min(most, math.ceil((1 - bound) * pupils - 1e-9) - 1)
    return least, most


def figures_by(rows: Iterable[Sequence], of: Mapping[str, int]) -> dict[int, list[Figure]]:
    """Rows of `published.values` by the town whose period they name."""
    found: dict[int, list[Figure]] = defaultdict(list)
    for row in rows:
        found[of[row[2]]].append(Figure(*row))
    return dict(found)
