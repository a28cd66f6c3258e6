"""The cells: every figure that could be shown and adds up with others, and which measures belong together."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import duckdb
import polars as pl

from analysis.disclosure.queries import query
from analysis.engine import frame_of

TERRITORY = "territory"
ALL = "all"
_SMALL = ("small", "steady")
_HAIR = 1e-9


class Key(NamedTuple):
    """What a figure is known by in `measures.values` and `published.values`."""

    measure: str
    uai: str
    period: str
    breakdown: str
    category: str
    evidence: str


Sides = Mapping[tuple[str, str], tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: who and what it counts, why it is hidden (None: it is not), how it is coded, and the numerators that it leaves open.

    `is_standing`: it has been released as it is. `is_silent`: too little was heard of these tablets. `sides`: in which groups of
    whole schools the school counts, as (breakdown, category).
    """

    key: Key
    school_year: str
    unit: str
    n: int
    numerator: float
    denominator: float
    bound: float | None
    hidden: str | None
    code: str | None
    low: float
    high: float
    is_standing: bool = False
    is_silent: bool = False
    sides: tuple[tuple[str, str], ...] = ()

    @property
    def value(self) -> float:
        """The exact ratio, which nobody is shown."""
        return self.numerator / self.denominator

    def is_small(self, threshold: int) -> bool:
        """Hidden because it speaks of fewer pupils than may be spoken of."""
        return self.hidden in _SMALL and self.n < threshold


@dataclass(frozen=True)
class Rules:
    """What the header of a measure says of how its figures add up (see `analysis.measures`)."""

    adds: tuple[str, ...] = ()
    sum_of: tuple[str, ...] = ()
    within: str = ""
    whole: tuple[str, ...] = ()
    cumulative: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def rules_of(headers: Mapping[str, Mapping]) -> dict[str, Rules]:
    """The rules of each measure that adds up or whose stages nest, by name, from the headers of the measures."""
    return {
        name: Rules(
            tuple(header.get("adds", ())),
            tuple(header.get("sum_of", ())),
            header.get("within", ""),
            tuple(header.get("whole", ())),
            {breakdown: tuple(categories) for breakdown, categories in header.get("cumulative", {}).items()},
        )
        for name, header in headers.items()
        if header.get("adds") or (header.get("cumulative") and header["statistic"] == "share")
    }


def families(rules: Mapping[str, Rules]) -> list[tuple[str, ...]]:
    """The measures in groups: those that are sums or parts of each other stand together, each other one alone."""
    group = {name: name for name in rules}

    def root(name: str) -> str:
        return name if group[name] == name else root(group[name])

    for name, rule in rules.items():
        for other in (*rule.sum_of, *filter(None, [rule.within])):
            if other in group:
                group[root(other)] = root(name)
    found = defaultdict(list)
    for name in sorted(rules):
        found[root(name)].append(name)
    return [tuple(names) for names in found.values()]


def read_cells(connection: duckdb.DuckDBPyConnection, measures: Iterable[str], is_published: bool = False) -> list[Cell]:
    """The cells of the additive measures, from `measures.cell`; a figure without a denominator adds up with nothing.

    With `is_published`, as the gate has left them: what its mask hides is hidden.
    """
    frame = frame_of("SELECT * FROM measures.cell ORDER BY ALL", connection)  # in one order, for the same mask on every machine
    if is_published:
        mask = frame_of("SELECT * FROM measures.mask", connection)
        masked = frame.join(mask, on=list(Key._fields), how="left", nulls_equal=True, maintain_order="left")
        frame = masked.with_columns(hidden=pl.coalesce("hidden", "reason"))
    additive = frame.filter(pl.col("measure").is_in(list(measures)) & (pl.col("denominator") > 0) & pl.col("numerator").is_not_null())
    sides = _sides(connection)
    return [_cell(row, sides) for row in additive.iter_rows(named=True)]


def hiding(cells: Iterable[Cell], mask: Collection[Key]) -> list[Cell]:
    """The cells with those of a mask hidden."""
    return [replace(cell, hidden=cell.hidden or "complement") if cell.key in mask else cell for cell in cells]


def _sides(connection: duckdb.DuckDBPyConnection) -> Sides:
    found = defaultdict(list)
    for uai, period, breakdown, category in connection.execute(query("sides")).fetchall():
        found[uai, period].append((breakdown, category))
    return {place: tuple(groups) for place, groups in found.items()}


def _cell(row: Mapping, sides: Sides) -> Cell:
    key = Key(*(row[name] for name in Key._fields))
    same = ("school_year", "unit", "n", "numerator", "denominator", "bound", "hidden", "code", "is_standing", "is_silent")
    low, high = _ends(row)
    return Cell(key=key, low=low, high=high, sides=sides.get((key.uai, key.period), ()), **{name: row[name] for name in same})


def _ends(row: Mapping) -> tuple[float, float]:
    """The least and the greatest numerator that a figure leaves open. Whole pupils are counted: a share of them is one of few fractions."""
    if row["least"] is None:
        return -math.inf, math.inf  # no rule for so few pupils: nothing would be told
    low, high = row["least"] * row["denominator"], row["most"] * row["denominator"]
    if row["unit"] != "share" or row["denominator"] != row["n"] or row["numerator"] != round(row["numerator"]):
        return low, high
    if row["code"] is None:  # strictly between the codes
        edge = row["bound"] * row["n"]
        low, high = max(low, math.floor(edge + _HAIR) + 1), min(high, math.ceil(row["n"] - edge - _HAIR) - 1)
    return math.ceil(low - _HAIR), math.floor(high + _HAIR)
