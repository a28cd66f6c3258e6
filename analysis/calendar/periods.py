"""The periods that a report can be about, and the spans without school that its charts shade."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import polars as pl

from analysis.calendar.model import Calendar, SchoolYear, touches, year_bounds
from analysis.period_names import Kind

DAY = timedelta(1)
SHORTEST_BREAK_DAYS = 7  # a holiday that parts two stretches; a bridge or a single day does not
SHORTEST_SHADED_DAYS = 3
SCHEMA = {"uai": pl.String, "period": pl.String, "kind": pl.String, "school_year": pl.String, "from_date": pl.Date, "to_date": pl.Date}


class _Period(NamedTuple):
    period: str
    kind: Kind
    from_date: date
    to_date: date


def periods(calendar: Calendar, schools: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """The periods of each school that have a day between `first` and `last`: `uai, period, kind, school_year, from_date, to_date`.

    `schools`: one row per school and school year with `uai, school_year, zone`. A month is a whole month that touches the school year; the
    trimesters begin on 1 September (earlier overseas, with class), 1 January and 1 April, and the last one ends with class; a stretch runs
    from the day class begins or resumes to the eve of the next holiday of a week or more. Raises UserError for an unknown zone or year.
    """
    rows = [
        (uai, period.period, period.kind, year.school_year, period.from_date, period.to_date)
        for uai, year in _school_years(calendar, schools, first, last)
        for period in _periods_of(year)
        if period.from_date <= last and period.to_date >= first
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row").sort("uai", "from_date", "to_date", "kind")


def holiday_spans(calendar: Calendar, schools: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """Spans of three days or more without school, cut to `first`..`last`: `uai, name, from_date, to_date`, both days included.

    `name` is one of HOLIDAY_NAMES or `ete`. A summer whose other end is not known is taken from 1 July or to 31 August.
    """
    rows = {
        (uai, name, max(start, first), min(end, last))
        for uai, year in _school_years(calendar, schools, first, last)
        for name, start, end in _spans_of(calendar, year)
        if start <= last and end >= first and (end - start).days + 1 >= SHORTEST_SHADED_DAYS
    }
    schema = {"uai": pl.String, "name": pl.String, "from_date": pl.Date, "to_date": pl.Date}
    return pl.DataFrame(sorted(rows), schema=schema, orient="row").sort("uai", "from_date")


def school_week(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(day.weekday())


def _school_years(calendar: Calendar, schools: pl.DataFrame, first: date, last: date) -> Iterator[tuple[str, SchoolYear]]:
    for uai, school_year, zone in schools.select("uai", "school_year", "zone").iter_rows():
        if touches(school_year, first, last):  # a roster may hold years that no data and no calendar reach
            yield uai, calendar.year(zone, school_year)


def _periods_of(year: SchoolYear) -> list[_Period]:
    whole = _Period(year.school_year, "year", year.first_school_day, year.last_school_day)
    return [*_months(year), *_trimesters(year), *_stretches(year), whole]


def _months(year: SchoolYear) -> Iterator[_Period]:
    start = year.first_school_day.replace(day=1)
    while start <= year.last_school_day:
        following = (start + 31 * DAY).replace(day=1)
        yield _Period(f"{start:%Y-%m}", "month", start, following - DAY)
        start = following


def _trimesters(year: SchoolYear) -> list[_Period]:
    opening, closing = (bound.year for bound in year_bounds(year.school_year))
    starts = [min(date(opening, 9, 1), year.first_school_day), date(closing, 1, 1), date(closing, 4, 1)]
    ends = [starts[1] - DAY, starts[2] - DAY, year.last_school_day]
    return [_Period(f"{opening}-T{n}", "trimester", *bounds) for n, bounds in enumerate(zip(starts, ends, strict=True), 1)]


def _stretches(year: SchoolYear) -> list[_Period]:
    breaks = [s for s in year.holidays if s.name != "ascension" and (s.class_resumes - s.first_day_off).days >= SHORTEST_BREAK_DAYS]
    starts = [year.first_school_day, *(span.class_resumes for span in breaks)]
    ends = [*(span.first_day_off - DAY for span in breaks), year.last_school_day]
    spans = [(start, end) for start, end in zip(starts, ends, strict=True) if start <= end]
    return [_Period(f"{year.school_year[:4]}-P{n}", "stretch", *bounds) for n, bounds in enumerate(spans, 1)]


def _spans_of(calendar: Calendar, year: SchoolYear) -> Iterator[tuple[str, date, date]]:
    opening, closing = (bound.year for bound in year_bounds(year.school_year))
    before = calendar.years.get((year.zone, f"{opening - 1}-{opening}"))
    after = calendar.years.get((year.zone, f"{closing}-{closing + 1}"))
    yield "ete", before.last_school_day + DAY if before else date(opening, 7, 1), year.first_school_day - DAY
    yield from ((span.name, span.first_day_off, span.class_resumes - DAY) for span in year.holidays)
    yield "ete", year.last_school_day + DAY, after.first_school_day - DAY if after else date(closing, 8, 31)
