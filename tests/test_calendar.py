"""School days and bells, against the official file and known calendars."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.calendar import bell_windows, default_timezone, load_calendar, periods, public_holidays, school_days, school_year_of

OPEN_DATA = Path(__file__).resolve().parents[1] / "../shared/data/open_data"
needs_open_data = pytest.mark.skipif(not OPEN_DATA.is_dir(), reason="the real open data (../shared/data) are not on this machine")

CALENDAR = load_calendar(None)
YEARS = [f"{start}-{start + 1}" for start in range(2021, 2027)]
UAI = "0920001A"
NO_CLOSURES = pl.DataFrame(schema={"uai": pl.String, "from_date": pl.Date, "to_date": pl.Date})


def school(uai=UAI, school_year="2025-2026", zone="C", week_pattern="4", timezone="", bells="08:30-11:30,13:30-16:30"):
    """One row of schools.csv."""
    return pl.DataFrame(
        {
            "uai": [uai],
            "school_year": [school_year],
            "zone": [zone],
            "timezone": [timezone],
            "week_pattern": [week_pattern],
            "bells": [bells],
        }
    )


def days_of(row, first=date(2000, 1, 1), last=date(2100, 1, 1), closures=NO_CLOSURES):
    """{date: why_closed} of one school; None on a school day."""
    days = school_days(CALENDAR, row, closures, first, last)
    assert (days["is_school_day"] == days["why_closed"].is_null()).all()
    return dict(days.select("local_date", "why_closed").iter_rows())


def official_closed_days(zone, school_year):
    """Slow second opinion: the weekdays without class that the official file gives, with the first and last school day."""
    closed, first, last = set(), None, None
    for row in csv.DictReader((OPEN_DATA / "fr-en-calendrier-scolaire.csv").open(encoding="utf-8-sig"), delimiter=";"):
        if row["Zones"] != f"Zone {zone}" or row["Population"] == "Enseignants":
            continue
        start, end = (datetime.fromisoformat(row[c]).astimezone(ZoneInfo("Europe/Paris")).date() for c in ("Date de début", "Date de fin"))
        if "Été" in row["Description"]:
            if row["annee_scolaire"] == school_year:
                last = start
            elif end.year == int(school_year[:4]) and end > start:
                first = end
        elif row["annee_scolaire"] == school_year:
            closed |= {start + timedelta(n) for n in range((end - start).days)}
    return closed, first, last


@needs_open_data
@pytest.mark.parametrize("zone", "ABC")
@pytest.mark.parametrize("school_year", YEARS[:-1])
def test_each_day_agrees_with_the_official_file(zone, school_year):
    closed, first, last = official_closed_days(zone, school_year)
    for day, why in days_of(school(school_year=school_year, zone=zone, week_pattern="4.5")).items():
        has_class = first <= day <= last and day.weekday() < 5 and day not in closed and day not in public_holidays(UAI, day, day)
        assert (why is None) == has_class, (day, why)


def test_every_zone_and_year_of_the_project_is_complete():
    assert set(CALENDAR.years) == {(zone, year) for zone in "ABC" for year in YEARS}
    assert not CALENDAR.incomplete and not CALENDAR.notes
    for (_, name), year in CALENDAR.years.items():
        assert [span.name for span in year.holidays] == ["toussaint", "noel", "hiver", "printemps", "ascension"], name
        assert year.first_school_day.year == int(name[:4]) and year.last_school_day.month == 7
        assert 136 <= sum(why is None for why in days_of(school(school_year=name, zone=year.zone)).values()) <= 146


def test_year_2026_2027_follows_the_decree_of_october_2025():
    year = CALENDAR.year("C", "2026-2027")
    assert (year.first_school_day, year.last_school_day) == (date(2026, 9, 1), date(2027, 7, 2))
    assert [(span.first_day_off.isoformat(), span.class_resumes.isoformat()) for span in year.holidays] == [
        ("2026-10-17", "2026-11-02"),
        ("2026-12-19", "2027-01-04"),
        ("2027-02-06", "2027-02-22"),
        ("2027-04-03", "2027-04-19"),
        ("2027-05-06", "2027-05-10"),
    ]


def test_autumn_2025_day_by_day():
    days = days_of(school(), date(2025, 8, 30), date(2025, 12, 31))
    assert len(days) == 124
    assert days[date(2025, 8, 31)] == "outside_year"
    assert days[date(2025, 9, 1)] is None
    assert days[date(2025, 9, 3)] == "wednesday"
    assert days[date(2025, 9, 6)] == "weekend"
    assert days[date(2025, 10, 17)] is None
    assert days[date(2025, 10, 18)] == days[date(2025, 11, 2)] == "school_holiday"
    assert days[date(2025, 11, 3)] is None
    assert days[date(2025, 11, 11)] == "public_holiday"
    assert sum(why is None for why in days.values()) == 18 + 10 + 15 + 12  # September to December


@pytest.mark.parametrize("friday", ["2022-05-27", "2023-05-19", "2024-05-10", "2025-05-30", "2026-05-15", "2027-05-07"])
def test_the_bridge_of_ascension_is_off_in_all_zones(friday):
    day = date.fromisoformat(friday)
    for zone in "ABC":
        days = days_of(school(school_year=f"{day.year - 1}-{day.year}", zone=zone))
        assert (days[day - timedelta(1)], days[day]) == ("public_holiday", "bridge")
        assert days[day + timedelta(3)] is None


def test_a_week_of_four_days_and_a_half_has_class_on_wednesday_morning():
    row = school(week_pattern="4.5")
    days = school_days(CALENDAR, row, NO_CLOSURES, date(2025, 9, 2), date(2025, 9, 3))
    assert days["is_school_day"].to_list() == [True, True]
    assert bell_windows(row, days)["local_date"].to_list() == [date(2025, 9, 2), date(2025, 9, 2), date(2025, 9, 3)]


def test_week_pattern_may_be_a_number_or_have_a_comma():
    for pattern in (4.5, "4,5", "4.5"):
        assert days_of(school(week_pattern=pattern))[date(2025, 9, 3)] is None
    for pattern in (4, 4.0, "4"):
        assert days_of(school(week_pattern=pattern))[date(2025, 9, 3)] == "wednesday"


def test_closures_close_school_days_only_of_their_school():
    dates = {"from_date": [date(2025, 9, 8), date(2025, 9, 9), date(2025, 12, 18)], "to_date": [date(2025, 9, 10), date(2025, 9, 9), None]}
    closures = pl.DataFrame({"uai": [UAI] * 3} | dates, schema_overrides={"to_date": pl.Date})
    days = days_of(school(), date(2025, 9, 7), date(2025, 12, 31), closures)
    assert [days[date(2025, 9, day)] for day in (7, 8, 9, 10, 11)] == ["weekend", "closure", "closure", "wednesday", None]
    assert [days[date(2025, 12, day)] for day in (17, 18, 19, 20)] == ["wednesday", "closure", "closure", "school_holiday"]
    assert days_of(school(uai="0920002B"), closures=closures)[date(2025, 9, 8)] is None


def test_years_of_a_roster_that_no_data_reach_are_not_asked_of_the_calendar():
    roster = pl.concat([school(), school(school_year="2015-2016"), school(school_year="2031-2032")])
    assert school_days(CALENDAR, roster, NO_CLOSURES, date(2025, 9, 1), date(2025, 9, 30)).height == 30
    assert set(periods(CALENDAR, roster, date(2025, 9, 1), date(2025, 9, 30))["school_year"]) == {"2025-2026"}


@pytest.mark.parametrize(
    "starts_at",
    ["2025-03-28 07:30", "2025-03-31 06:30", "2025-10-17 06:30", "2025-11-03 07:30", "2026-03-27 07:30", "2026-03-30 06:30"],
)
def test_bells_follow_the_clock_changes(starts_at):
    instant = datetime.fromisoformat(f"{starts_at}+00:00")
    row = school(school_year=school_year_of(instant.date()))
    windows = bell_windows(row, school_days(CALENDAR, row, NO_CLOSURES, instant.date(), instant.date()))
    first = windows.row(0, named=True)
    assert first["starts_at"] == instant
    assert first["ends_at"] - first["starts_at"] == timedelta(hours=3)
    assert windows["starts_at"].dtype == pl.Datetime("us", "UTC")


@pytest.mark.parametrize(
    ("uai", "timezone", "starts_at"),
    [
        ("9710001A", "America/Guadeloupe", 12),
        ("9720001A", "America/Martinique", 12),
        ("9730001A", "America/Cayenne", 11),
        ("9740001A", "Indian/Reunion", 4),
        ("9750001A", "America/Miquelon", 10),
        ("9760001A", "Indian/Mayotte", 5),
        ("9860001A", "Pacific/Wallis", -4),
        ("9870001A", "Pacific/Tahiti", 18),
        ("9880001A", "Pacific/Noumea", -3),
        ("0920001A", "Europe/Paris", 6),
    ],
)
def test_overseas_bells_are_local(uai, timezone, starts_at):
    assert default_timezone(uai) == timezone
    row = school(uai=uai, bells="08:00-11:00")
    windows = bell_windows(row, school_days(CALENDAR, row, NO_CLOSURES, date(2025, 9, 9), date(2025, 9, 9)))
    assert windows["starts_at"].to_list() == [datetime(2025, 9, 9, tzinfo=UTC) + timedelta(hours=starts_at)]


def test_a_time_zone_of_the_roster_wins_over_the_department():
    row = school(timezone="Indian/Reunion", bells="08:00-11:00")
    windows = bell_windows(row, school_days(CALENDAR, row, NO_CLOSURES, date(2025, 9, 9), date(2025, 9, 9)))
    assert windows["starts_at"].to_list() == [datetime(2025, 9, 9, 4, tzinfo=UTC)]


def test_no_school_day_and_no_bells_give_an_empty_frame():
    for row in (school(), school(bells=""), school(bells=None)):
        days = school_days(CALENDAR, row, NO_CLOSURES, date(2025, 9, 6), date(2025, 9, 7))
        windows = bell_windows(row, days)
        assert windows.is_empty() and windows.schema["ends_at"] == pl.Datetime("us", "UTC")


@needs_open_data
def test_public_holidays_agree_with_the_reference_file():
    rows = csv.DictReader((OPEN_DATA / "om-referentiel-jours-feries.csv").open(encoding="utf-8-sig"), delimiter=";")
    listed = {date.fromisoformat(row["date"]) for row in rows if row["date"] >= "2008"}  # Whit Monday was a working day in 2005 to 2007
    assert set(public_holidays(UAI, date(2008, 1, 1), max(listed).replace(month=12, day=31))) == listed


@pytest.mark.parametrize(
    ("uai", "day"),
    [
        ("0670001A", "2025-12-26"),
        ("0570001A", "2026-04-03"),
        ("9710001A", "2026-05-27"),
        ("9720001A", "2026-05-22"),
        ("9730001A", "2026-06-10"),
        ("9740001A", "2025-12-20"),
        ("9760001A", "2026-04-27"),
        ("9880001A", "2025-09-24"),
    ],
)
def test_departments_have_public_holidays_of_their_own(uai, day):
    local = date.fromisoformat(day)
    assert local in public_holidays(uai, local, local)
    assert local not in public_holidays(UAI, local, local)


@given(
    st.sampled_from([("A", "4"), ("B", "4.5"), ("C", "4")]),
    st.dates(date(2021, 8, 1), date(2027, 7, 31)),
    st.integers(0, 400),
    st.dates(date(2021, 8, 1), date(2027, 7, 31)),
    st.integers(0, 30),
)
def test_every_day_is_open_or_closed_for_one_reason(zone_and_week, first, length, closed_from, closed_days):
    zone, week_pattern = zone_and_week
    last = min(first + timedelta(length), date(2027, 7, 31))
    rows = pl.concat([school(school_year=year, zone=zone, week_pattern=week_pattern) for year in YEARS])
    closure = pl.DataFrame({"uai": [UAI], "from_date": [closed_from], "to_date": [closed_from + timedelta(closed_days)]})
    with_closure, without = (days_of(rows, first, last, closures) for closures in (closure, NO_CLOSURES))
    assert list(without) == [first + timedelta(n) for n in range((last - first).days + 1)]
    for day, why in without.items():
        is_declared_closed = why is None and closed_from <= day <= closed_from + timedelta(closed_days)
        assert with_closure[day] == ("closure" if is_declared_closed else why)
