"""School days of every school, and the hours of class as UTC instants."""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import polars as pl

from analysis.calendar.model import Calendar, SchoolYear, touches, year_bounds
from analysis.calendar.places import default_timezone, holiday_subdivision, holidays_of
from analysis.errors import UserError
from analysis.period_names import FIRST_MONTH

WEEKDAYS_WITH_CLASS = {"4": (1, 2, 4, 5), "4.5": (1, 2, 3, 4, 5)}  # ISO weekdays; the half-day is Wednesday morning
WEDNESDAY = 3
DAY_COLUMNS = {"uai": pl.String, "local_date": pl.Date, "is_school_day": pl.Boolean, "why_closed": pl.String}
BELL = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")


class _Pattern(NamedTuple):
    """What decides the school days of a school before its own closures; thousands of schools share a handful of these."""

    zone: str
    school_year: str
    week_pattern: str
    subdivision: str


def school_days(calendar: Calendar, schools: pl.DataFrame, closures: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """Whether each school has class on each day from `first` to `last`, and if not, why.

    `schools`: one row per school and school year with `uai, school_year, zone, week_pattern` (`4` or `4.5` days a week); a row gives the
    days from 1 August to 31 July. `closures`: `uai, from_date, to_date`, both days included (no `to_date`: still closed).
    Returns `uai, local_date, is_school_day, why_closed`, in order; `why_closed` is null on a school day, else the first that holds of:
    outside_year (before the first or after the last school day), school_holiday, public_holiday, weekend, wednesday, bridge, closure.
    Raises UserError for a zone, year or week pattern that is not known.
    """
    keyed = _with_pattern(schools)
    patterns = [_Pattern(*row) for row in keyed.select(_Pattern._fields).unique(maintain_order=True).iter_rows()]
    needed = [pattern for pattern in patterns if touches(pattern.school_year, first, last)]
    rows = [(*pattern, day, why) for pattern in needed for day, why in _pattern_days(calendar, pattern, first, last)]
    schema = dict.fromkeys(_Pattern._fields, pl.String) | {"local_date": pl.Date, "why": pl.String}
    days = keyed.join(pl.DataFrame(rows, schema=schema, orient="row"), on=_Pattern._fields)
    return _with_closures(days, closures, first, last).select(DAY_COLUMNS.keys()).sort("uai", "local_date")


def bell_windows(schools: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """The hours of class as UTC instants: `uai, local_date, starts_at, ends_at`, one row per school day and window, in order.

    `schools`: `uai, school_year, timezone, week_pattern, bells` (`08:30-11:30,13:30-16:30`, local time; an empty time zone is that of the
    department; empty bells give no window). `days`: what `school_days` returns. The Wednesday of a 4.5-day week has its first window only.
    Raises UserError for bells or a time zone that cannot be read.
    """
    rows = list(_bell_rows(schools))
    schema = {"uai": pl.String, "school_year": pl.String, "timezone": pl.String, "rank": pl.Int64, "start": pl.Time, "end": pl.Time}
    bells = pl.DataFrame(rows, schema=schema, orient="row")
    open_days = days.filter("is_school_day").select("uai", "local_date", school_year=_school_year("local_date"))
    windows = open_days.join(bells, on=["uai", "school_year"]).filter(
        (pl.col("rank") == 0) | (pl.col("local_date").dt.weekday() != WEDNESDAY)
    )
    instants = [_in_utc(group, str(zone)) for (zone,), group in windows.group_by("timezone", maintain_order=True)]
    return pl.concat([_in_utc(windows.clear(), "UTC"), *instants]).sort("uai", "starts_at")


def _with_pattern(schools: pl.DataFrame) -> pl.DataFrame:
    patterns = [_week_pattern(uai, pattern) for uai, pattern in schools.select("uai", "week_pattern").iter_rows()]
    return schools.select(
        "uai",
        pl.col("zone").cast(pl.String).fill_null(""),
        "school_year",
        week_pattern=pl.Series(patterns, dtype=pl.String),
        subdivision=pl.Series([holiday_subdivision(uai) for uai in schools["uai"]], dtype=pl.String),
    )


def _week_pattern(uai: str, pattern: object) -> str:
    text = str(pattern).replace(",", ".").removesuffix(".0")
    if text not in WEEKDAYS_WITH_CLASS:
        raise UserError(f"schools.csv, school {uai}, column week_pattern: {text!r} is not a week. Write 4 or 4.5 (days of class a week).")
    return text


def _pattern_days(calendar: Calendar, pattern: _Pattern, first: date, last: date) -> Iterator[tuple[date, str | None]]:
    year = calendar.year(pattern.zone, pattern.school_year)
    start, end = year_bounds(pattern.school_year)
    public = set(holidays_of(pattern.subdivision, start, end))
    for day in _each_day(max(start, first), min(end, last)):
        yield day, _why_closed(day, year, public, pattern.week_pattern)


def _why_closed(day: date, year: SchoolYear, public: set[date], week_pattern: str) -> str | None:
    if not year.first_school_day <= day <= year.last_school_day:
        return "outside_year"
    names = {span.name for span in year.holidays if day in span}
    if names - {"ascension"}:
        return "school_holiday"
    if day in public:
        return "public_holiday"
    if day.isoweekday() not in WEEKDAYS_WITH_CLASS[week_pattern]:
        return "wednesday" if day.isoweekday() == WEDNESDAY else "weekend"
    return "bridge" if names else None


def _with_closures(days: pl.DataFrame, closures: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    within = closures.select(
        "uai", start=pl.max_horizontal("from_date", pl.lit(first)), end=pl.min_horizontal(pl.col("to_date").fill_null(last), pl.lit(last))
    ).filter(pl.col("start") <= pl.col("end"))
    closed = within.select("uai", pl.date_ranges("start", "end").alias("local_date")).explode("local_date").unique()
    joined = days.join(closed.with_columns(is_closed=True), on=["uai", "local_date"], how="left")
    why = pl.coalesce("why", pl.when("is_closed").then(pl.lit("closure")))
    return joined.with_columns(why_closed=why, is_school_day=why.is_null())


def _bell_rows(schools: pl.DataFrame) -> Iterator[tuple[str, str, str, int, time, time]]:
    for row in schools.select("uai", "school_year", "timezone", "bells").iter_rows(named=True):
        zone = _timezone(row["uai"], row["timezone"])
        for rank, (start, end) in enumerate(_windows(row["uai"], row["bells"] or "")):
            yield row["uai"], row["school_year"], zone, rank, start, end


def _timezone(uai: str, name: str | None) -> str:
    zone = (name or "").strip() or default_timezone(uai)
    try:
        return ZoneInfo(zone).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UserError(
            f"schools.csv, school {uai}, column timezone: {zone!r} is not a time zone. Write one such as Europe/Paris."
        ) from None


def _windows(uai: str, bells: str) -> list[tuple[time, time]]:
    windows = [_window(uai, bells, part.strip()) for part in bells.split(",") if part.strip()]
    marks = [mark for window in windows for mark in window]
    if any(later <= earlier for earlier, later in pairwise(marks)):
        raise _bad_bells(uai, bells, "does not go forward in time")
    return windows


def _window(uai: str, bells: str, text: str) -> tuple[time, time]:
    match = BELL.fullmatch(text)
    try:
        start_hour, start_minute, end_hour, end_minute = map(int, match.groups() if match else ())
        return time(start_hour, start_minute), time(end_hour, end_minute)
    except ValueError:
        raise _bad_bells(uai, bells, "cannot be read") from None


def _bad_bells(uai: str, bells: str, fault: str) -> UserError:
    return UserError(f"schools.csv, school {uai}, column bells: {bells!r} {fault}. Write hours of class such as 08:30-11:30,13:30-16:30.")


def _school_year(column: str) -> pl.Expr:
    start = pl.col(column).dt.year() - (pl.col(column).dt.month() < FIRST_MONTH).cast(pl.Int32)
    return pl.format("{}-{}", start, start + 1)


def _in_utc(windows: pl.DataFrame, timezone: str) -> pl.DataFrame:
    """Local times as instants. None is ambiguous: French clocks change on Sundays, and no school day is one."""
    at = {name: pl.col("local_date").dt.combine(pl.col(column)) for name, column in (("starts_at", "start"), ("ends_at", "end"))}
    instants = {name: local.dt.replace_time_zone(timezone).dt.convert_time_zone("UTC") for name, local in at.items()}
    return windows.select("uai", "local_date", **instants)


def _each_day(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(n) for n in range((last - first).days + 1))
