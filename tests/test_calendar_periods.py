"""Periods of a report and the spans without school that its charts shade."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.calendar import holiday_spans, load_calendar, parse_period, periods, school_days, school_week
from analysis.errors import UserError

CALENDAR = load_calendar(None)
YEARS = [f"{start}-{start + 1}" for start in range(2021, 2027)]
NO_CLOSURES = pl.DataFrame(schema={"uai": pl.String, "from_date": pl.Date, "to_date": pl.Date})


def school(school_year="2025-2026", zone="C"):
    """One row of schools.csv."""
    return pl.DataFrame({"uai": ["0920001A"], "school_year": [school_year], "zone": [zone], "week_pattern": ["4"]})


def test_period_names():
    assert parse_period("2025-10") == ("month", "2025-2026", 10)
    assert parse_period("2026-07") == ("month", "2025-2026", 7)
    assert parse_period(" 2025-t2 ") == ("trimester", "2025-2026", 2)
    assert parse_period("2025-P5") == ("stretch", "2025-2026", 5)
    assert parse_period("2025-2026") == ("year", "2025-2026", None)


@pytest.mark.parametrize("text", ["", "2025", "2025-13", "2025-00", "2025-T4", "2025-P0", "2025-2027", "octobre", "2025-10-01"])
def test_anything_else_is_not_a_period_and_the_forms_are_listed(text):
    with pytest.raises(UserError, match="2025-T1"):
        parse_period(text)


def test_periods_of_autumn_2025():
    found = periods(CALENDAR, school(), date(2025, 9, 1), date(2025, 12, 19))
    spans = {name: (start.isoformat(), end.isoformat()) for name, start, end in found.select("period", "from_date", "to_date").iter_rows()}
    assert spans == {
        "2025-09": ("2025-09-01", "2025-09-30"),
        "2025-10": ("2025-10-01", "2025-10-31"),
        "2025-11": ("2025-11-01", "2025-11-30"),
        "2025-12": ("2025-12-01", "2025-12-31"),
        "2025-T1": ("2025-09-01", "2025-12-31"),
        "2025-P1": ("2025-09-01", "2025-10-17"),
        "2025-P2": ("2025-11-03", "2025-12-19"),
        "2025-2026": ("2025-09-01", "2026-07-03"),
    }


@pytest.mark.parametrize("zone", "ABC")
@pytest.mark.parametrize("school_year", YEARS)
@pytest.mark.parametrize("kind", ["month", "trimester", "stretch", "year"])
def test_periods_of_a_kind_hold_each_school_day_once(zone, school_year, kind):
    row = school(school_year=school_year, zone=zone)
    found = periods(CALENDAR, row, date(2000, 1, 1), date(2100, 1, 1)).filter(kind=kind)
    spans = list(found.select("from_date", "to_date").iter_rows())
    days = school_days(CALENDAR, row, NO_CLOSURES, date(2000, 1, 1), date(2100, 1, 1))
    for day, is_school_day in days.select("local_date", "is_school_day").iter_rows():
        holding = sum(start <= day <= end for start, end in spans)
        assert holding == 1 or (holding == 0 and not is_school_day), day
    assert all(parse_period(name)[:2] == (kind, school_year) for name in found["period"])


def test_holiday_spans_are_cut_to_the_dates_asked():
    spans = holiday_spans(CALENDAR, school(), date(2025, 8, 25), date(2025, 12, 24)).select("name", "from_date", "to_date").rows()
    assert spans == [
        ("ete", date(2025, 8, 25), date(2025, 8, 31)),
        ("toussaint", date(2025, 10, 18), date(2025, 11, 2)),
        ("noel", date(2025, 12, 20), date(2025, 12, 24)),
    ]


def test_a_summer_between_two_years_is_given_once():
    both = pl.concat([school(), school(school_year="2026-2027")])
    spans = holiday_spans(CALENDAR, both, date(2026, 5, 1), date(2026, 10, 1)).select("name", "from_date", "to_date").rows()
    assert spans[-2:] == [("ascension", date(2026, 5, 14), date(2026, 5, 17)), ("ete", date(2026, 7, 4), date(2026, 8, 31))]


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_week_is_named_by_its_monday(day):
    assert school_week(day).weekday() == 0 and timedelta(0) <= day - school_week(day) < timedelta(7)
