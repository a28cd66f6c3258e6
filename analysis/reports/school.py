"""The door of the reports: one school in one period, read from the published tables only.

`open_school` copies the published rows of that school into memory and closes the database. What it gives has no connection in it:
a notebook that holds a School cannot reach a person, a mart or an unprotected measure.
"""

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from analysis.config import load_config
from analysis.errors import UserError
from analysis.foreign_text import label, labels
from analysis.reports.language import Language
from analysis.reports.published import Reportable, default_period, opened, reportables
from analysis.reports.sentences import periods

EVIDENCE = ("foreground", "active", "estimated", "network", "checkin", "")  # best first; "" has no duration
_LEVELS = ("TPS", "PS", "MS", "GS", "CP", "CE1", "CE2", "CM1", "CM2", "6e", "5e", "4e", "3e", "ULIS")
TO = "–"  # between the first and the last level of a cycle
_UNSORTED = "autre"  # the catalogue's name for apps without a category: always the last
Row = Mapping[str, object]


@dataclass(frozen=True)
class Value:
    """One published number. `reason` says why it is withheld, or `at_most` / `at_least` when the value is a bound."""

    value: float | None
    low: float | None
    high: float | None
    n: int | None
    denominator: float | None
    shown: bool
    reason: str
    evidence: str

    @property
    def is_exact(self) -> bool:
        """Shown, and not as a bound."""
        return self.shown and self.value is not None and not self.is_bound

    @property
    def is_bound(self) -> bool:
        """Shown as "5 % at most" or "95 % at least": its drawing must stop at the bound."""
        return self.shown and self.value is not None and self.reason in ("at_most", "at_least")

    @property
    def amount(self) -> float:
        """The number that may be shown. Raises ValueError when it is withheld."""
        if not self.shown or self.value is None:
            raise ValueError("this value is withheld")
        return self.value

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval, when there is one."""
        return None if self.low is None or self.high is None or not self.is_exact else (self.low, self.high)


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included, and what they are: the name of a holiday or the code of a note."""

    name: str
    first: dt.date
    last: dt.date | None


@dataclass(frozen=True)
class Source:
    """An export that fed this school; `source` is the name of its format, `title` its name in the report's language."""

    source: str
    title: str
    evidence: str
    first_day: dt.date | None
    last_day: dt.date | None


@dataclass(frozen=True, eq=False)
class School:
    """A school in a period, or the whole territory under the UAI `territory`: its published values and the facts around them."""

    language: Language
    facts: Row
    period: Row
    cells: Mapping[tuple[str, str, str, str], Value]
    holidays: tuple[Span, ...]
    notes: tuple[Span, ...]
    sources: tuple[Source, ...]
    settings: Mapping[str, str]

    def value(self, measure: str, breakdown: str = "all", category: str = "all", evidence: str | None = None) -> Value | None:
        """A published value; None when the row does not exist. Without `evidence`: that of the school's tablets, else the best there is."""
        ranks = self._ranks() if evidence is None else (evidence,)
        return next((self.cells[key] for rank in ranks if (key := (measure, breakdown, category, rank)) in self.cells), None)

    def series(self, measure: str, breakdown: str, evidence: str | None = None) -> list[tuple[str, Value]]:
        """The categories of a breakdown in their natural order, all of one evidence: weeks, weekdays, CP to CM2, apps by name."""
        for rank in self._ranks() if evidence is None else (evidence,):
            found = [(key[2], cell) for key, cell in self.cells.items() if key[:2] == (measure, breakdown) and key[3] == rank]
            if found:
                return sorted(found, key=lambda pair: _natural(pair[0]))
        return []

    def _ranks(self) -> tuple[str, ...]:
        return (self.evidence, *(rank for rank in EVIDENCE if rank != self.evidence))

    @property
    def uai(self) -> str:
        """The official code of the school."""
        return str(self.facts["uai"])

    @property
    def name(self) -> str:
        """The school's name, as the roster writes it."""
        return str(self.facts["name"])

    @property
    def evidence(self) -> str:
        """How the use of the pupils' own tablets is known; empty when the school has none."""
        return str(self.facts.get("device_evidence") or "")

    @property
    def shared_evidence(self) -> str:
        """How the use of the shared tablets is known."""
        return str(self.facts.get("shared_evidence") or "")

    def system(self, evidence: str | None = None, kind: str = "") -> str:
        """What the devices of an evidence are: `ipad`, `android`, `chromebook`, `pc`, `mac`, `phone`; empty where they differ.

        Without `evidence`: that of the pupils' own devices, else of the shared ones. `kind` is `individual` or `shared`.
        """
        kind = kind or ("individual" if self.evidence or evidence else "shared")
        wanted = f"{kind}:{self.evidence or self.shared_evidence if evidence is None else evidence}:"
        known = str(self.facts.get("kinds") or "").split("|")
        return next((text.removeprefix(wanted) for text in known if text.startswith(wanted)), "")

    @property
    def has_individual(self) -> bool:
        """Some pupils hold a tablet of their own."""
        return bool(self.facts.get("individual_devices"))

    @property
    def has_shared(self) -> bool:
        """The school has shared tablets."""
        return bool(self.facts.get("shared_devices"))

    @property
    def is_invented(self) -> bool:
        """Demonstration data."""
        return bool(self.facts.get("is_invented"))

    @property
    def coverage(self) -> Value | None:
        """Share of the expected tablet-days on which the pupils' tablets were seen; the shared ones in a school that has no other."""
        if self.has_shared and not self.has_individual:
            return self.value("coverage_shared", evidence=self.shared_evidence or None)
        return self.value("coverage", evidence=self.evidence or None)

    @property
    def period_label(self) -> str:
        """ "octobre 2025", "1er trimestre 2025-2026 (septembre à décembre 2025)"."""
        return periods.label(self.language, self.period)

    def setting(self, name: str, default: float) -> float:
        """A number of the configuration that the published figures were made with, such as `threshold`."""
        return float(self.settings.get(name) or default)

    @property
    def threshold(self) -> int:
        """Fewest pupils that a figure may describe."""
        return int(self.setting("threshold", 11))


def open_school(uai: str = "", period: str = "", lang: str = "fr", published: str = "") -> School:
    """The published figures of one school in one period, copied into memory; the database is closed again.

    `uai`: empty for the first school by name. `period`: `2025-10`, `2025-T1`, `2025-P2` or `2025-2026`; empty for the latest trimester
    with data, else the latest period. `published`: path of the published tables; empty for the configured ones.
    Raises UserError for missing published tables, or an unknown school or period, with the valid ones.
    """
    with opened(Path(published) if published else load_config().published) as database:
        known = reportables(database)
        uai = _chosen_school(known, uai)
        return read_school(database, uai, _chosen_period(known, uai, period), Language(lang))


def read_school(database: duckdb.DuckDBPyConnection, uai: str, period: str, language: Language) -> School:
    """The published figures of a school that exists, or of `territory`, copied from the open published tables."""

    def rows(table: str) -> list[Row]:
        return published_rows(database, f'SELECT * FROM published."{table}" WHERE uai = ? AND period = ?', uai, period)

    settings = published_rows(database, "SELECT * FROM published.settings")
    facts, values = rows("schools")[0], rows("values")
    names = labels(str(row["category"]) for row in values)  # words of the data among them, such as kinds of apps
    return School(
        language=language,
        facts={**facts, "name": label(str(facts["name"]))},
        period=rows("periods")[0],
        cells={_key(row, names): _value(row) for row in values},
        holidays=tuple(sorted((_span(row, "name") for row in rows("holidays")), key=lambda span: span.first)),
        notes=tuple(sorted((_span(row, "code") for row in rows("notes")), key=lambda span: span.first)),
        sources=tuple(_source(row, language.code) for row in sorted(rows("sources"), key=lambda row: str(row["source"]))),
        settings={str(row["name"]): str(row["value"]) for row in settings},
    )


def published_rows(database: duckdb.DuckDBPyConnection, sql: str, *values: str) -> list[Row]:
    """The rows of a query on the published tables, as mappings from the names of the columns."""
    result = database.execute(sql, values)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _chosen_school(known: list[Reportable], uai: str) -> str:
    valid = {each.uai: each.name for each in sorted(known, key=lambda each: (each.name, each.uai))}
    if not valid:
        raise UserError(
            "The published figures describe no school. Drop schools.csv in data/raw, then run `cartable ingest` and `cartable build`."
        )
    if uai and uai not in valid:
        listed = "; ".join(f"{code} {name}" for code, name in valid.items())
        raise UserError(f"There is no school with the UAI asked for. Valid: {listed}.")
    return uai or next(iter(valid))


def _chosen_period(known: list[Reportable], uai: str, period: str) -> str:
    found = [each for each in known if each.uai == uai]
    if not period and not found:
        raise UserError(f"School {uai} has no period with data. Run `cartable build` after the exports have arrived.")
    if not period:
        return default_period(found)
    if period not in {each.period for each in found}:
        listed = ", ".join(each.period for each in found) or "none"
        raise UserError(f"School {uai} has no period with that name. Valid: {listed}.")
    return period


def _key(row: Row, names: Mapping[str, str]) -> tuple[str, str, str, str]:
    breakdown = "level" if row["breakdown"] == "cycle" else str(row["breakdown"])  # cycles stand in for levels that are too small
    return str(row["measure"]), breakdown, names[str(row["category"])], str(row["evidence"] or "")


def _value(row: Row) -> Value:
    """A withheld row keeps nothing but its reason, whatever the table holds."""
    shown = bool(row["shown"]) and _number(row["value"]) is not None
    value, low, high, n, denominator = (_number(row[name]) if shown else None for name in ("value", "low", "high", "n", "denominator"))
    return Value(value, low, high, None if n is None else int(n), denominator, shown, str(row["reason"] or ""), str(row["evidence"] or ""))


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


def _span(row: Row, name: str) -> Span:
    first, last = row["from_date"], row["to_date"]
    return Span(str(row[name]), first if isinstance(first, dt.date) else dt.date.min, last if isinstance(last, dt.date) else None)


def _source(row: Row, lang: str) -> Source:
    first, last = row["first_day"], row["last_day"]
    days = (day if isinstance(day, dt.date) else None for day in (first, last))
    title = row["titre"] if lang == "fr" else row["title"]
    return Source(str(row["source"]), str(title), str(row["evidence"] or ""), *days)


def _natural(category: str) -> tuple[int, int, str]:
    level = category.split(TO)[0]
    if level in _LEVELS:
        return 0, _LEVELS.index(level), category
    if category.isdigit():
        return 0, int(category), category
    return (2 if category == _UNSORTED else 1), 0, category


def shown(pairs: Iterable[tuple[str, Value]]) -> list[tuple[str, Value]]:
    """The categories of a series whose value may be shown exactly."""
    return [(category, value) for category, value in pairs if value.is_exact]
