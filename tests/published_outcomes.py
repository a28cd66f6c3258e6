"""Hand-made towns with results of tests: with a protocol, dated too late, without any, without results, and with schools of other towns."""

import datetime as dt
from pathlib import Path

import duckdb

from tests import published as p
from tests import published_territory as t
from tests.published import Row, shown, withheld

ANNOUNCED, LATE, OPEN, NONE, ABROAD, TWO_KINDS, SECRET = "announced", "late", "open", "none", "abroad", "two kinds", "withheld"
TOWNS = (ANNOUNCED, LATE, OPEN, NONE, ABROAD, TWO_KINDS, SECRET)
READING, SUMS = "Test de la ville · lecture", "Test de la ville · calcul"
HOSTILE = 'Test *de* #la "ville" <b> · lecture'
_DAYS = (dt.date(2025, 9, 18), dt.date(2025, 9, 18), dt.date(2025, 12, 11), dt.date(2025, 12, 11))


def write(path: Path, town: str = ANNOUNCED) -> Path:
    """Writes the published tables of a town with twelve schools and these results at `path` and returns it."""
    t.write(path, t.TWELVE)
    with duckdb.connect(str(path)) as database:
        p.write_values(database, p.TERRITORY, _values(town))
        for position, (question, reason) in enumerate(_questions(town).items(), start=1):
            database.execute("INSERT INTO published.questions VALUES (?, ?, ?, ?, ?)", [p.PERIOD, position, question, not reason, reason])
        for row in _outcomes(town):
            database.execute(f"INSERT INTO published.outcomes VALUES ({', '.join('?' * 13)})", row)
        if town in (ANNOUNCED, LATE, ABROAD):
            day = dt.date(2025, 12, 20) if town == LATE else dt.date(2025, 9, 10)
            database.execute(
                "INSERT INTO published.protocol VALUES (?, ?, ?, ?)", [day, "Qui lit plus progresse-t-il plus ?", "foreground", 0.1]
            )
    return path


def slope(category: str, term: str, value: float, low: float, high: float, chance: float, evidence: str = "foreground") -> list[Row]:
    """The rows of one slope: with its chance, what could have been missed, and what an unmeasured cause would have to explain."""
    place = {"breakdown": f"{term}_classes", "category": category, "evidence": evidence}
    return [
        shown("progress_slope", value, n=2_510, low=low, high=high, **place),
        shown("progress_chance", chance, **place),
        shown("progress_detectable", 0.14, **place),
        shown("progress_robustness", 0.31, **place),
    ]


def _values(town: str) -> list[Row]:
    if town == NONE:
        return []
    if town == SECRET:
        return [withheld("progress_slope", "small", breakdown="within_classes", category=READING)]
    found = [*slope(READING, "within", 0.24, 0.11, 0.37, 0.0004), *slope(READING, "between", -0.03, -0.2, 0.15, 0.74)]
    found += [*slope(SUMS, "within", 0.11, 0.01, 0.21, 0.062), *slope(SUMS, "between", -0.3, -0.5, -0.11, 0.021)]
    fifths = [-0.2, -0.1, 0.02, 0.1, 0.21]
    found += [
        shown("progress_by_fifth", x, low=x - 0.08, high=x + 0.08, breakdown=f"fifth_{k}", category=READING)
        for k, x in enumerate(fifths, 1)
    ]
    if town == TWO_KINDS:
        found += slope(READING, "within", 0.2, -0.1, 0.5, 0.2, "active")
    return found + (_abroad() if town == ABROAD else [])


def _abroad() -> list[Row]:
    none = {"evidence": ""}
    years = {-2: 0.02, -1: -0.01, 0: 0.08, 1: 0.12}
    found = [shown("adoption_change", x, low=x - 0.05, high=x + 0.05, breakdown="since", category=str(k), **none) for k, x in years.items()]
    found.append(shown("adoption_change", 0.1, low=0.04, high=0.16, breakdown="overall", **none))
    found.append(shown("adoption_change", 0.01, low=-0.04, high=0.06, breakdown="placebo", **none))
    return [
        *found,
        shown("adoption_chance", 0.004, breakdown="overall", **none),
        shown("adoption_detectable", 0.09, breakdown="overall", **none),
    ]


def _questions(town: str) -> dict[str, str]:
    progress = {NONE: "no results", SECRET: "too few classes"}.get(town, "")
    adoption = {ABROAD: "", ANNOUNCED: "nobody without tablets"}.get(town, "no plan")
    return {"within": progress, "between": progress, "adoption": adoption, "cause": "no assignment"}


def _outcomes(town: str) -> list[list]:
    if town == NONE:
        return []
    is_announced = town in (ANNOUNCED, LATE, ABROAD)
    role, other = ("primary", "secondary") if town in (ANNOUNCED, ABROAD) else ("exploratory", "exploratory")
    rank = {"primary": 0, "secondary": 1, "exploratory": 2}
    rows = [(READING, "foreground", role), (SUMS, "foreground", other)]
    rows += [(READING, "active", "exploratory")] if town == TWO_KINDS else []
    late = town == LATE
    return [
        [p.PERIOD, name, evidence, *name.split(" · "), kept, rank[kept], is_announced, is_announced and late, *_DAYS]
        for name, evidence, kept in rows
    ]
