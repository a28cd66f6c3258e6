"""The exports have the keys and the quirks of the real ones."""

import json
import re
from pathlib import Path

import pytest

from tests.demo.conftest import Demo
from tests.demo.reading import rows_of, text_of

ENT_KEYS = {"_id", "event-type", "module", "date"}


def test_android(demo: Demo) -> None:
    files = sorted((demo.raw / "android").iterdir())
    assert {"".join(path.suffixes) for path in files} == {".csv", ".csv.gz", ".csv.zip", ".ndjson", ".ndjson.gz"}
    for path in files:
        assert list(rows_of(path)[0]) == ["deviceId", "packageName", "className", "timeStamp", "eventType"]


def test_android_has_missing_closes_and_overlapping_activities(demo: Demo) -> None:
    kinds = {str(row["eventType"]) for path in (demo.raw / "android").iterdir() for row in rows_of(path)}
    assert {"1", "2", "3", "4", "5", "7", "11", "15", "16", "17", "18", "23", "24", "26", "27"} <= kinds


def test_chromebook_admin_sdk(demo: Demo) -> None:
    for path in (demo.raw / "chromebook").glob("*.json"):
        page = json.loads(text_of(path))
        assert page["kind"] == "admin#directory#chromeosdevices"
        entry = next(entry for entry in page["chromeosdevices"] if "activeTimeRanges" in entry)
        assert {"deviceId", "serialNumber", "annotatedUser", "annotatedAssetId", "orgUnitPath", "lastSync"} <= set(entry)
        assert set(entry["activeTimeRanges"][0]) == {"date", "activeTime"}


def test_chromebook_gam(demo: Demo) -> None:
    for path in (demo.raw / "chromebook").glob("*.csv"):
        row = rows_of(path)[0]
        assert {"deviceId", "activeTimeRanges.date", "activeTimeRanges.duration", "activeTimeRanges.minutes"} <= set(row)
        hours, minutes, _ = row["activeTimeRanges.duration"].split(":")
        assert 60 * int(hours) + int(minutes) == int(row["activeTimeRanges.minutes"])


def test_jamf_school(demo: Demo) -> None:
    files = sorted((demo.raw / "jamf").iterdir())
    assert len(files) > 70
    snapshot = json.loads(text_of(files[30]))
    assert snapshot["code"] == 200 and snapshot["count"] == len(snapshot["devices"])
    assert {"UDID", "serialNumber", "name", "owner", "lastCheckin", "batteryLevel", "networkInformation"} <= set(snapshot["devices"][0])


def test_portal_keys_and_its_three_ages(demo: Demo) -> None:
    september = rows_of(demo.raw / "ent/events-2025-09.ndjson.gz")
    assert all(set(event) >= ENT_KEYS for event in september)
    assert any("sessionId" in event and "referer" in event for event in september)
    november, december = (_array(demo.raw, day) for day in ("2025-11-03", "2025-12-08"))
    assert not any("sessionId" in event or "referer" in event for event in november)
    hashed = [event["sessionId"] for event in december if "sessionId" in event]
    assert hashed and all(re.fullmatch(r"[0-9a-f]{64}", str(session)) for session in hashed)


def test_portal_dates_of_a_database_export_are_wrapped(demo: Demo) -> None:
    october = rows_of(demo.raw / "ent/events-2025-10.ndjson.gz")
    assert sum(isinstance(event["date"], dict) and "$numberLong" in event["date"] for event in october) > len(october) // 2


def test_some_portal_events_do_not_say_the_school(demo: Demo) -> None:
    events = [event for event in rows_of(demo.raw / "ent/events-2025-09.ndjson.gz") if "userId" in event]
    assert 0 < sum("structures" not in event for event in events) < len(events) / 2


@pytest.mark.parametrize("profile", ["Student", "Teacher", "Relative"])
def test_every_profile_is_on_the_portal(demo: Demo, profile: str) -> None:
    assert any(event.get("profil") == profile for event in rows_of(demo.raw / "ent/events-2025-09.ndjson.gz"))


def test_moodle(demo: Demo) -> None:
    for path in (demo.raw / "moodle").iterdir():
        lines = text_of(path, "cp1252").splitlines()
        assert lines[0] == "Time,User full name,Affected user,Event context,Component,Event name,Description,Origin,IP address"
        assert any(re.match(r'"\d{1,2}/\d{2}/25, \d{2}:\d{2}",', line) and "user with id '" in line for line in lines)


def test_rosters(demo: Demo) -> None:
    names = {path.stem for path in (demo.raw / "rosters").iterdir()}
    expected = "schools structures classes people identifiers enrolments devices assignments app_catalogue closures trainings repairs"
    assert names == {*expected.split(), "assessments"}
    assert text_of(demo.raw / "rosters/people.csv").splitlines()[0].count(";") == 5


def test_a_tablet_changes_hands(demo: Demo) -> None:
    holders: dict[str, set[str]] = {}
    for row in rows_of(demo.raw / "rosters/assignments.csv"):
        holders.setdefault(row["device_id"], set()).add(row["person_id"])
    assert any(len(people) == 2 for people in holders.values())


def _array(raw: Path, day: str) -> list[dict[str, object]]:
    path = next(raw.glob(f"ent/event-list-{day}.json*"))
    return json.loads(text_of(path))  # type: ignore[no-any-return]
