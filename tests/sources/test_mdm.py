"""Fleets that only check in: repeated snapshots, and a town of PCs whose reports never speak of iPads."""

import json
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from analysis.build import build
from analysis.config import Config
from analysis.figures.devices_seen import devices_seen
from analysis.header import read_sql
from analysis.ingest import ingest
from analysis.reports.school import School, open_school
from analysis.reports.sentences import (
    absent,
    adoption_absent,
    adoption_answer,
    answer,
    equity_absent,
    equity_answer,
    sources,
    territory_absent,
    territory_quality,
    territory_schools,
)
from analysis.reports.territory import open_territory
from tests.hand_made import UAI, Town, config_in, measured, rows, run

MINUTES = "SELECT CAST(local_date AS VARCHAR), evidence, minutes, in_school_seconds FROM marts.pupil_day WHERE minutes > 0 ORDER BY ALL"
MARTS = Path(__file__).parents[2] / "analysis" / "marts"
DAYS = ("2025-10-06", "2025-10-07", "2025-10-09")


def intune(devices: dict[str, str], day: str, model: str = "Surface Go 3") -> str:
    """An answer of Microsoft Graph: devices with their systems, all seen at 9:30 in Paris on that day."""
    seen = [
        {"id": name, "deviceName": "x", "operatingSystem": system, "model": model, "lastSyncDateTime": f"{day}T07:30:00Z"}
        for name, system in devices.items()
    ]
    return json.dumps({"value": seen})


@pytest.fixture(scope="module")
def pcs(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Fourteen pupils with a Windows PC each, seen on three days; the roster does not say what the devices are."""
    config = config_in(tmp_path_factory.mktemp("pcs"), coverage={"floor": 0.1})
    raw = Town(pupils=14, os="").write(config)
    for day in DAYS:
        (raw / f"intune-{day}.json").write_text(intune({f"d{i}": "Windows" for i in range(1, 15)}, day), encoding="utf-8")
    # the last day again, in an answer of other bytes
    (raw / "intune-again.json").write_text(intune({f"d{i}": "Windows" for i in range(1, 16)}, DAYS[-1]), encoding="utf-8")
    run(config)
    return config


def everything_said(school: School) -> str:
    """All that the reports of a school say of its devices."""
    said = [*absent.absent(school), *adoption_absent.absent(school), *equity_absent.absent(school), *answer.answer(school)]
    said += [*adoption_answer.answer(school), *equity_answer.answer(school), sources.evidence(school), str(devices_seen(school))]
    return "\n".join(
        [*said, territory_schools.kind_of_school(school), territory_schools.kind_in_a_word(school), territory_quality.reason(school)]
    )


@pytest.mark.parametrize(
    ("lang", "there"),
    [("fr", "Ces PC disent quand ils sont vus"), ("en", "These PCs say when they are seen, never how long they are used.")],
)
def test_a_town_of_pcs_never_speaks_of_ipads(pcs: Config, lang: str, there: str) -> None:
    school = open_school(UAI, "2025-10", lang, str(pcs.published))
    assert (school.evidence, school.system()) == ("checkin", "pc")
    said = everything_said(school)
    assert there in said
    assert "iPad" not in said
    territory = open_territory("2025-10", lang, str(pcs.published))
    whole = "\n".join([*territory_absent.absent(territory), territory_schools.seen_only(territory), everything_said(territory.whole)])
    assert "iPad" not in whole and "PC" in whole


def test_pcs_are_seen_on_their_days_and_have_no_minutes(pcs: Config) -> None:
    seen = "SELECT CAST(local_date AS VARCHAR), COUNT(*), COUNT(minutes) FROM marts.pupil_day WHERE is_seen GROUP BY ALL ORDER BY 1"
    assert rows(pcs, seen) == [(day, 14, 0) for day in DAYS]
    # ten school days of October before the holidays, of which three were seen
    found = "SELECT numerator, denominator FROM measures.\"values\" WHERE measure = 'coverage' AND period = '2025-10' AND breakdown = 'all'"
    assert set(rows(pcs, found)) == {(42, 140)}


@pytest.mark.parametrize(
    ("listed", "reported", "source", "expected"),
    [
        (None, "iOS iPad Air", "intune_devices", "ipad"),
        (None, "iOS iPhone 12", "intune_devices", "phone"),
        (None, "iOS", "intune_devices", None),  # either
        ("iPadOS", "iOS", "intune_devices", "ipad"),
        ("Windows 11", None, "intune_devices", "pc"),
        (None, "macOS MacBook Air", "mosyle_devices", "mac"),
        (None, "Android 14 SM-X210 ANDROID", "google_mobile_devices", "android"),
        ("ChromeOS", None, "google_mobile_devices", "chromebook"),
        (None, None, "jamf_school_devices", "ipad"),
        (None, None, "intune_devices", None),
    ],
)
def test_what_a_device_is(listed: str | None, reported: str | None, source: str, expected: str | None) -> None:
    with duckdb.connect() as connection:
        for statement in (
            "CREATE SCHEMA marts",
            "CREATE SCHEMA lake",
            "CREATE TABLE marts.holding AS SELECT 'd' AS device_key",
            "CREATE TABLE lake.device_events (device_key VARCHAR, source VARCHAR)",
            "CREATE TABLE lake.use_totals (device_key VARCHAR, source VARCHAR)",
            "CREATE TABLE lake.devices (device_key VARCHAR, os VARCHAR, model VARCHAR)",
            "CREATE TABLE lake.sightings (device_key VARCHAR, source VARCHAR, seen_at TIMESTAMP, system VARCHAR)",
        ):
            connection.execute(statement)
        connection.execute("INSERT INTO lake.devices VALUES ('d', ?, NULL)", [listed])
        connection.execute("INSERT INTO lake.sightings VALUES ('d', ?, '2025-10-06', ?)", [source, reported])
        connection.execute("INSERT INTO lake.sightings VALUES ('d', ?, '2025-09-06', 'a former name')", [source] if reported else ["x"])
        connection.execute("DELETE FROM lake.sightings WHERE source = 'x'")
        found = connection.execute(read_sql(MARTS / "device_system.sql").sql).fetchall()
    assert found == [("d", expected)]


def mac_day(day: str, **minutes: float) -> dict:
    return {"date": day, "apps": [{"name": app, "version": "1", "foreground": m, "open": 900} for app, m in minutes.items()]}


def test_apps_of_a_mac_add_up_and_exports_that_overlap_do_not(tmp_path: Path) -> None:
    """Two exports of one Mac: 6 October in both, the later one knows more of it. Hours are not known, and nothing is said of them."""
    config = config_in(tmp_path)
    raw = Town(os="macOS").write(config)
    exports = [
        [mac_day("2025/10/06", Safari=10, Keynote=5)],
        [mac_day("2025-10-06", Safari=20, Keynote=5), mac_day("2025-10-07", Safari=7.5)],
    ]
    for number, days in enumerate(exports):
        (raw / str(number)).mkdir()
        (raw / str(number) / "d1.json").write_text(json.dumps({"computer_application_usage": days}), encoding="utf-8")
    run(config)
    assert rows(config, MINUTES) == [("2025-10-06", "foreground", 25, None), ("2025-10-07", "foreground", 7.5, None)]
    assert rows(config, "SELECT COUNT(*) FROM measures.\"values\" WHERE measure IN ('share_minutes_in_school', 'share_app_minutes')") == [
        (0,)
    ]
    assert rows(config, "SELECT DISTINCT kinds FROM published.schools") == [("individual:foreground:mac",)]


def unlocked(device: str, *spans: tuple[str, str]) -> str:
    """A line of usage logs: when a device was unlocked and when it was locked (ISO, UTC)."""
    kinds = ("KEYGUARD_DISMISSED", "KEYGUARD_SECURED")
    events = [{"eventId": at, "eventTime": f"{at}:00Z", "eventType": kind} for span in spans for at, kind in zip(span, kinds, strict=True)]
    return json.dumps({"device": f"enterprises/E/devices/{device}", "usageLogEvents": events}) + "\n"


def test_unlocked_minutes_are_activity_and_never_an_app_in_front(tmp_path: Path) -> None:
    """d1 tells its locks alone, in two files that overlap; d2 its apps too, which are the better evidence: its locks add nothing."""
    config = config_in(tmp_path)
    raw = Town(pupils=2).app("d2", "a", "2025-10-06T07:00", "2025-10-06T07:10").write(config)
    monday, tuesday = ("2025-10-06T06:20", "2025-10-06T06:50"), ("2025-10-07T07:00", "2025-10-07T07:05")
    (raw / "one.ndjson").write_text(unlocked("d1", monday))
    (raw / "two.ndjson").write_text(unlocked("d1", monday, tuesday) + unlocked("d2", ("2025-10-06T07:00", "2025-10-06T08:00")))
    measured(config)
    assert rows(config, MINUTES) == [  # the bells ring at 8:30 in Paris, 6:30 UTC
        ("2025-10-06", "active", 30, 1200),
        ("2025-10-06", "foreground", 10, 600),
        ("2025-10-07", "active", 5, 300),
    ]
    assert rows(config, "SELECT evidence, COUNT(*) FROM marts.day_span WHERE holder = 'device' GROUP BY ALL ORDER BY ALL") == [
        ("active", 3),
        ("foreground", 1),
    ]
    opened = "SELECT DISTINCT evidence FROM measures.\"values\" WHERE measure IN ('apps_per_pupil', 'share_app_minutes')"
    assert rows(config, opened) == [("foreground",)]


def test_totals_without_a_day_are_read_by_no_mart_and_no_month_is_computed_again(tmp_path: Path) -> None:
    """Two exports of Endpoint analytics: the newer replaces the older app by app, and adds nothing to anybody's minutes."""
    config = config_in(tmp_path)
    raw = Town().app("d1", "a", "2025-10-06T07:00", "2025-10-06T07:10").write(config)

    def totals(name: str, **minutes: int) -> None:
        value = [{"appName": app, "appUsageDuration": m, "activeDeviceCount": 3} for app, m in minutes.items()]
        (raw / name).write_text(json.dumps({"value": value}))

    totals("one.json", edge=100, word=50)
    run(config)
    totals("two.json", edge=140)
    ingest(config, [])
    built = build(config)
    assert (built.is_current, built.rebuilt) == (False, ())
    assert rows(config, "SELECT app_id, seconds FROM lake.app_totals ORDER BY ALL") == [("edge", 8400), ("word", 3000)]
    assert rows(config, MINUTES) == [("2025-10-06", "foreground", 10, 600)]


def test_telemetry_of_chromebooks_shows_days_and_no_minutes(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    raw = Town(os="").write(config)
    usage = [{"appId": "a", "appInstanceId": "w", "runningDuration": "3600s"}]
    reports = [{"reportTime": f"2025-10-06T{hour:02}:00:00Z", "usageData": usage} for hour in (7, 8)]
    for name, part in (("one", reports[:1]), ("two", reports)):
        (raw / f"{name}.json").write_text(json.dumps({"devices": [{"deviceId": "d1", "appReport": part}]}))
    run(config)
    assert rows(config, "SELECT CAST(local_date AS VARCHAR), evidence, minutes FROM marts.pupil_day WHERE is_seen") == [
        ("2025-10-06", "checkin", None)
    ]
    assert rows(config, "SELECT app_id, seconds FROM lake.app_totals") == [("a", 3600)]
    assert rows(config, "SELECT DISTINCT kinds FROM published.schools") == [("individual:checkin:chromebook",)]


def stretches(*rows_: tuple[str, str, str, float]) -> str:
    """UsageStats: app, first and last instant (ISO, UTC), minutes."""

    def stamp(at: str) -> int:
        return int(datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp() * 1000)

    lines = [f"d1,{app},{stamp(first)},{stamp(last)},{int(minutes * 60_000)}" for app, first, last, minutes in rows_]
    return "\n".join(["deviceId,packageName,firstTimeStamp,lastTimeStamp,totalTimeInForeground", *lines]) + "\n"


def test_one_device_in_three_sources_has_the_best_evidence_of_each_month_and_one_only(tmp_path: Path) -> None:
    """October: check-ins, unlocked minutes and totals by app, of which the last win. November: the first two. December: check-ins."""
    config = config_in(tmp_path)
    raw = Town().write(config)
    day = ("2025-10-05T22:00", "2025-10-06T22:00")
    again = stretches(("a", *day, 12), ("a", "2025-10-06T05:00", "2025-10-06T09:00", 9), ("a", "2025-10-01T00:00", "2025-10-31T00:00", 600))
    (raw / "stats.csv").write_text(stretches(("a", *day, 10), ("b", *day, 5)))
    (raw / "stats-later.csv").write_text(again)
    (raw / "locks.ndjson").write_text(unlocked("d1", ("2025-10-06T07:00", "2025-10-06T08:00"), ("2025-11-04T08:00", "2025-11-04T08:20")))
    for seen in ("2025-10-07", "2025-11-04", "2025-12-04"):
        (raw / f"intune-{seen}.json").write_text(intune({"d1": "Android"}, seen))
    measured(config)
    seen = "SELECT CAST(local_date AS VARCHAR), evidence, minutes FROM marts.pupil_day WHERE is_seen ORDER BY ALL"
    assert rows(config, seen) == [
        ("2025-10-06", "foreground", 17),  # the longest of app a, and app b
        ("2025-10-07", "foreground", 0),
        ("2025-11-04", "active", 20),
        ("2025-12-04", "checkin", None),
    ]
    chosen = "SELECT STRFTIME(month_start, '%Y-%m'), evidence, is_timed FROM marts.device_month ORDER BY ALL"
    assert rows(config, chosen) == [("2025-10", "foreground", False), ("2025-11", "active", True), ("2025-12", "checkin", False)]
