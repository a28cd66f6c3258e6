"""Minutes, from raw Android events to `marts.pupil_day`: the published vectors and the cases that go wrong in practice."""

from pathlib import Path

import pytest

from tests.hand_made import PAUSED, RESUMED, SCREEN_OFF, SHUTDOWN, STARTUP, STOPPED, Town, config_in, in_marts, measured, rows

USED = "SELECT CAST(local_date AS VARCHAR), minutes FROM marts.pupil_day WHERE minutes > 0 ORDER BY ALL"


def minutes_of(town: Town, folder: Path) -> list[tuple]:
    config = config_in(folder)
    town.write(config)
    in_marts(config)
    return rows(config, USED)


def test_overlapping_apps_count_once_and_midnight_is_local(tmp_path: Path) -> None:
    """TV-USE-1: 71 minutes of apps are 50 minutes on one day and 10 on the next."""
    town = Town()
    town.app("d1", "a", "2025-10-06T07:00", "2025-10-06T07:20").app("d1", "b", "2025-10-06T07:10", "2025-10-06T07:30")
    town.app("d1", "c", "2025-10-06T07:30", "2025-10-06T07:40").app("d1", "d", "2025-10-06T07:05", "2025-10-06T07:06")
    town.app("d1", "e", "2025-10-06T21:50", "2025-10-06T22:10")
    assert minutes_of(town, tmp_path) == [("2025-10-06", 50), ("2025-10-07", 10)]


@pytest.mark.parametrize(("day", "year"), [("2025-10-26", "2025-2026"), ("2025-03-30", "2024-2025")])
def test_clock_changes_neither_add_nor_remove(tmp_path: Path, day: str, year: str) -> None:
    """TV-USE-2: an hour over either clock change is an hour."""
    town = Town(school_year=year, since=f"{year[:4]}-09-02").app("d1", "a", f"{day}T00:30", f"{day}T01:30")
    assert minutes_of(town, tmp_path) == [(day, 60)]


def test_next_screen_of_an_app_opens_before_the_last_one_closes(tmp_path: Path) -> None:
    town = Town()
    town.event("d1", "a", RESUMED, "2025-10-06T07:00", "One").event("d1", "a", RESUMED, "2025-10-06T07:05", "Two")
    town.event("d1", "a", PAUSED, "2025-10-06T07:05:00.050", "One").event("d1", "a", STOPPED, "2025-10-06T07:05:01", "One")
    town.event("d1", "a", PAUSED, "2025-10-06T07:12", "Two").event("d1", "a", STOPPED, "2025-10-06T07:12:01", "Two")
    assert minutes_of(town, tmp_path) == [("2025-10-06", 12)]


@pytest.mark.parametrize("closing", [SCREEN_OFF, 17, SHUTDOWN])
def test_screen_off_lock_and_shutdown_close_everything(tmp_path: Path, closing: int) -> None:
    town = Town().event("d1", "a", RESUMED, "2025-10-06T07:00").event("d1", "b", RESUMED, "2025-10-06T07:04")
    town.event("d1", "", closing, "2025-10-06T07:10").event("d1", "a", PAUSED, "2025-10-06T07:30")
    town.app("d1", "b", "2025-10-06T08:00", "2025-10-06T08:03")
    assert minutes_of(town, tmp_path) == [("2025-10-06", 13)]


def test_a_stop_closes_what_no_pause_closed(tmp_path: Path) -> None:
    town = Town().event("d1", "a", RESUMED, "2025-10-06T07:00").event("d1", "a", STOPPED, "2025-10-06T07:08")
    town.event("d1", "", 11, "2025-10-06T07:30")
    assert minutes_of(town, tmp_path) == [("2025-10-06", 8)]


def test_end_of_day_and_continuation_are_not_a_pause_that_a_stop_follows(tmp_path: Path) -> None:
    """Over local midnight Android writes 3 and 4; the pause of the next morning's close is missing and its stop must count."""
    town = Town().event("d1", "a", RESUMED, "2025-10-06T21:50")
    town.event("d1", "a", 3, "2025-10-06T22:00").event("d1", "a", 4, "2025-10-06T22:00")
    town.event("d1", "a", STOPPED, "2025-10-06T22:05").event("d1", "", SCREEN_OFF, "2025-10-06T22:30")
    assert minutes_of(town, tmp_path) == [("2025-10-06", 10), ("2025-10-07", 5)]


def test_an_app_that_never_closes_gets_no_invented_minutes(tmp_path: Path) -> None:
    """A battery that dies at 07:05: the startup at noon does not make five hours of use."""
    town = Town().event("d1", "a", RESUMED, "2025-10-06T07:00").event("d1", "", 5, "2025-10-06T07:05")
    town.event("d1", "", STARTUP, "2025-10-06T12:00")
    assert minutes_of(town, tmp_path) == [("2025-10-06", 5)]


def test_hours_of_silence_end_an_open_app(tmp_path: Path) -> None:
    town = Town().event("d1", "a", RESUMED, "2025-10-06T07:00").app("d1", "b", "2025-10-06T15:00", "2025-10-06T15:02")
    assert minutes_of(town, tmp_path) == [("2025-10-06", 2)]


def test_days_without_use_are_rows_and_seen_is_told_apart(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    Town(pupils=2).app("d1", "a", "2025-10-06T07:00", "2025-10-06T07:20").event("d2", "", 11, "2025-10-07T07:00").write(config)
    measured(config)
    october = "FROM marts.pupil_day WHERE is_school_day AND local_date BETWEEN '2025-10-01' AND '2025-10-31'"
    # October 2025 in zone C: 1 to 17 October less Wednesdays and week-ends
    assert rows(config, f"SELECT COUNT(*), COUNT(*) FILTER (WHERE minutes > 0), COUNT(*) FILTER (WHERE is_seen) {october}") == [(20, 1, 2)]
    whole = "period = '2025-10' AND breakdown = 'all' AND uai <> 'territory'"
    value = f'SELECT numerator, denominator, n FROM measures."values" WHERE {whole} AND measure ='
    assert rows(config, f"{value} 'minutes_per_pupil_day'") == [(20, 20, 2)]
    assert rows(config, f"{value} 'coverage'") == [(2, 20, 2)]


def test_in_school_is_within_the_bells(tmp_path: Path) -> None:
    """Bells 08:30 to 11:30 in Paris summer time are 06:30 to 09:30 UTC."""
    config = config_in(tmp_path)
    town = Town().app("d1", "a", "2025-10-06T06:20", "2025-10-06T06:50").app("d1", "a", "2025-10-06T17:00", "2025-10-06T17:10")
    town.app("d1", "a", "2025-10-08T07:00", "2025-10-08T07:10").write(config)
    measured(config)
    split = "SELECT CAST(local_date AS VARCHAR), seconds, in_school_seconds FROM marts.pupil_day WHERE seconds > 0 ORDER BY 1"
    assert rows(config, split) == [("2025-10-06", 2400, 1200), ("2025-10-08", 600, 0)]


def test_without_hours_of_class_nothing_is_said_of_them(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    Town(bells="").app("d1", "a", "2025-10-06T06:20", "2025-10-06T06:50").write(config)
    measured(config)
    assert rows(config, "SELECT seconds, in_school_seconds FROM marts.pupil_day WHERE seconds > 0") == [(1800, None)]
    assert rows(config, "SELECT COUNT(*) FROM measures.\"values\" WHERE measure = 'share_minutes_in_school'") == [(0,)]


def test_minutes_follow_the_holder_of_that_day(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    town = Town(pupils=2).app("d1", "a", "2025-10-06T07:00", "2025-10-06T07:20").app("d1", "a", "2025-10-07T07:00", "2025-10-07T07:07")
    raw = town.write(config)
    (raw / "assignments.csv").write_text("device_id,person_id,from_date,to_date\nd1,p1,2025-09-01,\nd1,p2,2025-10-07,\n")
    measured(config)
    by_person = rows(config, "SELECT person_key, CAST(local_date AS VARCHAR), minutes FROM marts.pupil_day WHERE minutes > 0 ORDER BY 2")
    assert [(day, minutes) for _, day, minutes in by_person] == [("2025-10-06", 20), ("2025-10-07", 7)]
    assert by_person[0][0] != by_person[1][0]


def test_overseas_days_are_theirs(tmp_path: Path) -> None:
    """01:30 UTC is still the evening before in Martinique."""
    (tmp_path / "data" / "reference").mkdir(parents=True)
    town = Town(uai="9720001U", timezone="", zone="C").app("d1", "a", "2025-10-07T01:30", "2025-10-07T01:45")
    assert minutes_of(town, tmp_path) == [("2025-10-06", 15)]
