"""The other door of the reports: the whole territory in one period, with each of its schools, read from the published tables only.

`open_territory` copies the published rows into memory and closes the database, as `open_school` does.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, pstdev

import duckdb

from analysis.config import load_config
from analysis.errors import UserError
from analysis.reports.language import Language, alphabetical
from analysis.reports.published import TERRITORY, Reportable, default_period, opened, reportables, whole_territory
from analysis.reports.school import Row, School, published_rows, read_school

Place = tuple[float | None, float | None]


@dataclass(frozen=True, eq=False)
class Territory:
    """All schools of a period. `whole` is a School whose UAI is `territory`; `schools` stand in the order of `in_neutral_order`.

    Of all files ever read, one row per source (`arrivals`), per reason for which rows were set aside (`set_aside`), per source whose
    logs name tablets that nobody holds (`unplaced`) or hold impossible instants (`clock_errors`): the columns of the published tables
    of the same names, with `title` in the report's language.

    Of test results in this period: what was asked of them (`questions`), each outcome that was looked at (`outcomes`), and the protocol
    that was laid down before, if any (`protocol`, one row or none).
    """

    language: Language
    whole: School
    schools: tuple[School, ...]
    arrivals: tuple[Row, ...]
    set_aside: tuple[Row, ...]
    unplaced: tuple[Row, ...]
    clock_errors: tuple[Row, ...]
    questions: tuple[Row, ...] = ()
    outcomes: tuple[Row, ...] = ()
    protocol: tuple[Row, ...] = ()


def open_territory(period: str = "", lang: str = "fr", published: str = "") -> Territory:
    """The published figures of the territory and of each of its schools in one period, copied into memory; the database is closed again.

    `period`, `lang` and `published` are those of `open_school`. Raises UserError for missing published tables or an unknown period.
    """
    with opened(Path(published) if published else load_config().published) as database:
        return _read(database, _chosen_period(whole_territory(database), reportables(database), period), Language(lang))


def in_neutral_order(schools: Sequence[School]) -> tuple[School, ...]:
    """The schools in an order that is no ranking: each stands next to one that is like it.

    A chain: the first by name, then always the nearest that is not placed yet, by IPS and logarithm of the number of pupils, each
    divided by its standard deviation; two that are equally near go by name. Which end of the chain a school stands at means nothing.
    A school without an IPS is as near to any other as its size makes it.
    """
    waiting = sorted(schools, key=lambda school: (alphabetical(school.name), school.uai))
    places = _places(waiting)
    chain = waiting[:1]
    waiting = waiting[1:]
    while waiting:
        here = places[chain[-1].uai]
        nearest = min(waiting, key=lambda school: _distance(here, places[school.uai]))
        chain.append(nearest)
        waiting.remove(nearest)
    return tuple(chain)


def _chosen_period(territory: list[Reportable], schools: list[Reportable], period: str) -> str:
    valid = [each.period for each in territory]
    chosen = period or default_period(schools)
    if chosen not in valid:
        raise UserError(f"The territory has no period with that name. Valid: {', '.join(valid) or 'none; run `cartable build`'}.")
    return chosen


def _read(database: duckdb.DuckDBPyConnection, period: str, language: Language) -> Territory:
    def rows(table: str) -> tuple[Row, ...]:
        found = published_rows(database, f"SELECT * FROM published.{table} ORDER BY ALL")
        return tuple({**row, "title": row["titre"] if language.code == "fr" else row["title"]} for row in found)

    def of_period(table: str) -> tuple[Row, ...]:
        return tuple(published_rows(database, f"SELECT * FROM published.{table} WHERE period = ? ORDER BY ALL", period))

    schools = [read_school(database, each.uai, period, language) for each in reportables(database) if each.period == period]
    return Territory(
        language=language,
        whole=read_school(database, TERRITORY, period, language),
        schools=in_neutral_order(schools),
        arrivals=rows("arrivals"),
        set_aside=rows("set_aside"),
        unplaced=rows("unplaced"),
        clock_errors=rows("clock_errors"),
        questions=of_period("questions"),
        outcomes=of_period("outcomes"),
        protocol=tuple(published_rows(database, "SELECT * FROM published.protocol")),
    )


def _places(schools: Sequence[School]) -> dict[str, Place]:
    """Where each school stands by IPS and by size, in standard deviations."""
    ips = _standardised([_ips(school) for school in schools])
    sizes = _standardised([math.log(max(int(str(school.facts.get("pupils") or 1)), 1)) for school in schools])
    return {school.uai: (social, size) for school, social, size in zip(schools, ips, sizes, strict=True)}


def _ips(school: School) -> float | None:
    value = school.facts.get("ips")
    return float(value) if isinstance(value, int | float) else None


def _standardised(values: Sequence[float | None]) -> list[float | None]:
    known = [value for value in values if value is not None]
    spread = pstdev(known) if known else 0.0
    return [None if value is None else (value - fmean(known)) / spread if spread else 0.0 for value in values]


def _distance(here: Place, there: Place) -> float:
    """The square of the distance; what is not known of one of both adds nothing."""
    return sum((a - b) ** 2 for a, b in zip(here, there, strict=True) if a is not None and b is not None)
