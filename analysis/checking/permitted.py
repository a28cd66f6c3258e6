"""What each report may show, by place, period and kind of report: built once for all files of the same place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from analysis.checking.explained import Amount, Explained, amounts_of, corners
from analysis.checking.measures_of_kinds import measures_of
from analysis.checking.names import Names
from analysis.checking.numbers import ANY, numbers_in, plain, with_wide_thousands
from analysis.checking.prose import without_prose
from analysis.config import Config
from analysis.engine import frame_of
from analysis.foreign_text import label
from analysis.header import read_sql
from analysis.reports.logo import read_logo
from analysis.reports.published import TERRITORY
from analysis.warehouse import SESSION_GAPS

_HERE = Path(__file__).parent
_WEEKS_OF_A_YEAR = 53
_OF_EACH_SCHOOL = frozenset({"coverage", "coverage_shared", "median_minutes_active_day", "minutes_per_pupil_day"})
# the report on data quality counts files and rows of all exports up to the day on which it was made, and no later day finds them again
_UNCHECKED = {"quality": frozenset({ANY, "rows", "share of rows", "files", "tablets"})}


@dataclass(frozen=True)
class Place:
    """What a file is about: a school or `territory` in a period, which kind of report, in which language. Empty: none."""

    period: str = ""
    uai: str = ""
    kind: str = ""
    lang: str = "fr"


class Permitted:
    """The numbers that reports may show, from released figures (columns of `released.COLUMNS`) and the public facts of the warehouse."""

    def __init__(self, config: Config, released: pl.DataFrame) -> None:
        self._rows: dict[str, list[dict]] = {}
        for row in released.iter_rows(named=True):
            self._rows.setdefault(row["period"], []).append(row)
        self._facts, names = _public(config.warehouse)
        self.school_names = frozenset(plain(label(str(fact["name"])), "fr") for fact in self._facts)
        self._names = Names(names)
        self._rules: list[Amount] = [("share", 100 * config.coverage.floor), ("people", config.privacy.threshold)]
        self._rules += [("minutes", gap) for gap in {*SESSION_GAPS, config.ent.session_gap_minutes}]
        logo = read_logo(config.logo)
        self.pictures = logo.prints if logo else frozenset[str]()
        self._explained: dict[tuple[str, str, str], Explained] = {}
        self._seen: dict[tuple, list[str]] = {}
        self._last = ("", "")

    def unexplained(self, text: str, place: Place, has_words: bool = True) -> list[str]:
        """The kinds of the numbers of a text that nothing explains; without `has_words`, of those that have a unit only."""
        if not re.search(r"\d", text):
            return []
        if (place.period, place.uai) != self._last:
            self._seen, self._last = {}, (place.period, place.uai)
        key = text, has_words, place.kind, place.lang
        if key not in self._seen:
            said = without_prose(self._names.without(plain(text, place.lang)), place.lang)
            known, unchecked = self._of(place), _UNCHECKED.get(place.kind, frozenset() if has_words else frozenset({ANY}))
            found = numbers_in(with_wide_thousands(said, known.holds))
            self._seen[key] = [number.kind for number in found if number.kind not in unchecked and not known.holds(number)]
        return self._seen[key]

    def _of(self, place: Place) -> Explained:
        key = place.period, place.uai, place.kind
        if key not in self._explained:
            self._explained[key] = Explained([*self._rules, *self._amounts(place)])
        return self._explained[key]

    def _amounts(self, place: Place) -> Iterator[Amount]:
        measures = measures_of(place.kind)
        rows = [row for row in self._rows.get(place.period, []) if row["measure"] in measures and _is_told(row, place.uai)]
        facts = [fact for fact in self._facts if fact["period"] == place.period]
        yield from amounts_of(rows)
        yield from ((f["kind"], f["amount"]) for f in facts if place.uai in (f["uai"], TERRITORY))
        yield from (("weeks", number) for number in range(_WEEKS_OF_A_YEAR + 1))
        if place.uai == TERRITORY:
            indices = {fact["uai"]: fact["amount"] for fact in facts if fact["kind"] == ANY and fact["uai"] != TERRITORY}
            yield from corners(rows, indices)
            yield from (("schools", number) for number in range(len({fact["uai"] for fact in facts})))


def _is_told(row: dict, uai: str) -> bool:
    """Whether a report on a place tells a figure: its own; in the territory's, a few of each school."""
    of_a_school = row["measure"] in _OF_EACH_SCHOOL and row["breakdown"] in ("all", "week")
    return row["uai"] == uai or (uai == TERRITORY and of_a_school)


def _public(warehouse: Path) -> tuple[list[dict], list[str]]:
    """Facts (uai, period, kind, amount) and names that hold digits; nothing without a warehouse."""
    if not warehouse.is_file():
        return [], []
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        facts = frame_of(read_sql(_HERE / "public_facts.sql").sql, connection).to_dicts()
        names = connection.execute(read_sql(_HERE / "public_names.sql").sql).fetchall()
    return facts, [name for (name,) in names]
