"""What a build adds to the lake before the marts: the calendar's days and the plans of `cartable.toml`."""

from collections.abc import Sequence
from datetime import date

import duckdb
import polars as pl
from scipy.special import stdtrit

from analysis.calendar import (
    Calendar,
    bell_windows,
    default_timezone,
    holiday_spans,
    load_calendar,
    periods,
    school_days,
    school_year_of,
)
from analysis.calendar.dropped import dropped_calendars
from analysis.config import Config
from analysis.engine import frame_of, quoted
from analysis.lake import Lake

SESSION_GAPS = (10, 15, 30, 60)  # minutes: the sensitivity that reports print beside the configured gap
_CONFIDENCE_QUANTILE = 0.975
_MOST_CLUSTERS = 2_000


def load_days(config: Config, lake: Lake, first: date, last: date, connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the marts that come from the calendar: school_given, school_day, bell, period, holiday, and the two small constants.

    `first` to `last` are the days that the logs speak of; before `lake.keeps_from` all was forgotten. Raises UserError for a zone or a year
    that no calendar knows.
    """
    calendar = load_calendar(config.reference_dir, dropped_calendars(lake, connection))
    schools = _school_years(calendar, frame_of("SELECT * FROM lake.schools", connection), first, last)
    closures = frame_of("SELECT uai, from_date, to_date FROM lake.closures", connection)
    days = school_days(calendar, schools, closures, first, last)
    frames = {
        "school_given": schools,
        "school_day": days,
        "bell": bell_windows(schools, days),
        "period": _whole(periods(calendar, schools, first, last), lake.keeps_from),
        "holiday": holiday_spans(calendar, schools, first, last),
        "session_gap": pl.DataFrame({"gap_minutes": sorted({*SESSION_GAPS, config.ent.session_gap_minutes})}),
        "t_quantile": t_quantiles(),
    }
    for name, frame in frames.items():
        connection.register("frame", frame)
        connection.execute(f"CREATE TABLE marts.{quoted(name)} AS SELECT * FROM frame")


def _whole(found: pl.DataFrame, keeps_from: date | None) -> pl.DataFrame:
    """The periods that no forgetting has cut in any school: what is left of one must not be released under the same name."""
    return found if keeps_from is None else found.filter(pl.col("from_date").min().over("period") >= keeps_from)


def load_plans(config: Config, connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the marts that come from `cartable.toml`: what the town planned, what it pays, how it orders social bands.

    plan (school_year, tablets: in pupils' hands, cumulated), term (tablets), entitled_level (level, rank), social_band (social_band, rank
    from the most to the least favoured), cost (eur_per_school_year). Without a term or a cost, their tables have no row.
    """
    plan, term, cost = config.deployment.plan, config.deployment.at_term, config.costs.eur_per_school_year
    frames = {
        "plan": pl.DataFrame(list(plan.items()), schema={"school_year": pl.String, "tablets": pl.Int64}, orient="row"),
        "term": pl.DataFrame([] if term is None else [(term,)], schema={"tablets": pl.Int64}, orient="row"),
        "entitled_level": _ranked("level", config.deployment.levels),
        "social_band": _ranked("social_band", config.equity.social_bands),
        "cost": pl.DataFrame([] if cost is None else [(cost,)], schema={"eur_per_school_year": pl.Float64}, orient="row"),
    }
    for name, frame in frames.items():
        connection.register("frame", frame)
        connection.execute(f"CREATE TABLE marts.{quoted(name)} AS SELECT * FROM frame")


def _ranked(column: str, names: Sequence[str]) -> pl.DataFrame:
    return pl.DataFrame(list(enumerate(names, 1)), schema={"rank": pl.Int64, column: pl.String}, orient="row")


def _school_years(calendar: Calendar, roster: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """One row per school and school year of the logs: the roster's row of that year, else of the nearest year that it has."""
    wanted = sorted({school_year_of(date(y, m, 1)) for y in range(first.year, last.year + 1) for m in (1, 9)})
    years = [y for y in wanted if y[:4] <= str(last.year) and school_year_of(first) <= y <= school_year_of(last)]
    rows = []
    for row in _nearest_rows(roster, years):
        known = calendar.knows(row["zone"], row["school_year"]) or row["is_given"]
        if known:
            row["timezone"] = row["timezone"] or default_timezone(row["uai"])
            rows.append({k: v for k, v in row.items() if k != "is_given"})
    return pl.DataFrame(rows, schema=roster.schema)


def _nearest_rows(roster: pl.DataFrame, years: list[str]) -> list[dict]:
    found = []
    for school in roster.sort("uai", "school_year").partition_by("uai"):
        given = {row["school_year"]: row for row in school.iter_rows(named=True)}
        for year in years:
            nearest = min(given, key=lambda g: (abs(int(g[:4]) - int(year[:4])), g))
            found.append({**given[nearest], "school_year": year, "is_given": year in given})
    return found


def t_quantiles() -> pl.DataFrame:
    """Student's t at 97.5 % for 1 to 1,999 degrees of freedom: `degrees`, `quantile`."""
    degrees = range(1, _MOST_CLUSTERS)
    return pl.DataFrame({"degrees": list(degrees), "quantile": [float(stdtrit(d, _CONFIDENCE_QUANTILE)) for d in degrees]})
