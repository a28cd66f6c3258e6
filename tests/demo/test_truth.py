"""The truth agrees with a slow reading of the files, with itself, and with what is planted."""

import json
from collections import Counter, defaultdict
from datetime import date, timedelta

import polars as pl

from analysis.demo.clock import day_number, is_school_day
from tests.demo import reading
from tests.demo.conftest import Demo


def test_foreground_to_the_millisecond(demo: Demo) -> None:
    true = _by_device(demo, "foreground")
    events = reading.android_events(demo.raw)
    for device, days in true.items():
        found = reading.foreground_days(events[device])
        assert {day: found.get(day, 0) / 1000 for day in days} == days
        assert {reading.local_day(event[0]) for event in events[device]} == set(days)


def test_some_use_crosses_midnight_and_the_clock_change(demo: Demo) -> None:
    events = [e for es in reading.android_events(demo.raw).values() for e in es]
    assert any(event == 3 for _, event, _, _ in events)
    night = [at for at, event, _, _ in events if event == 1 and 1761438600000 <= at < 1761444000000]  # 00:30 to 02:00 UTC, 26 October
    assert night


def test_active_time_of_chromebooks(demo: Demo) -> None:
    found: dict[tuple[str, str], float] = {}
    for path in (demo.raw / "chromebook").glob("*.json"):
        for entry in json.loads(reading.text_of(path))["chromeosdevices"]:
            found |= {(entry["deviceId"], r["date"]): r["activeTime"] / 1000 for r in entry.get("activeTimeRanges", [])}
    for path in (demo.raw / "chromebook").glob("*.csv"):
        for row in reading.rows_of(path):
            hours, minutes, seconds = map(int, row["activeTimeRanges.duration"].split(":"))
            found[row["deviceId"], row["activeTimeRanges.date"]] = 3600 * hours + 60 * minutes + seconds
    true = {(device, str(day)): s for device, days in _by_device(demo, "active").items() for day, s in days.items()}
    assert {key: s for key, s in found.items() if key[0] and key[1] not in ("0000-00-00", "2025-13-45")} == true


def test_days_on_which_ipads_were_seen(demo: Demo) -> None:
    found = defaultdict(set)
    for path in (demo.raw / "jamf").iterdir():
        for device in json.loads(reading.text_of(path))["devices"]:
            if device["UDID"] and device["lastCheckin"]:
                found[device["UDID"]].add(date.fromisoformat(device["lastCheckin"][:10]))
    assert {device: set(days) for device, days in _by_device(demo, "checkin").items()} == found


def test_visits_to_the_portal(demo: Demo) -> None:
    clicks: dict[str, set[int]] = defaultdict(set)
    for path in (demo.raw / "ent").iterdir():
        events = reading.rows_of(path) if ".ndjson" in path.name else json.loads(reading.text_of(path))
        for event in events:
            at = event["date"]["$numberLong"] if isinstance(event["date"], dict) else event["date"]
            if "userId" in event and at != "inconnue":
                clicks[event["userId"]].add(int(at))
    identity = {
        row["identifier"]: row["person_id"] for row in reading.rows_of(demo.raw / "rosters/identifiers.csv") if row["system"] == "ent"
    }
    found = Counter((identity[user], visit) for user, instants in clicks.items() for visit in _visit_days(sorted(instants)))
    frame = pl.read_parquet(demo.truth / "portal_days.parquet").filter(pl.col("source") == "one")
    assert found == {(p, d): n for p, d, n in frame.select("person_id", "local_date", "visits").iter_rows()}


def test_files_hold_the_rows_that_the_truth_counts(demo: Demo) -> None:
    files = json.loads((demo.truth / "files.json").read_text())
    assert {file["file"] for file in files} == {str(p.relative_to(demo.raw)) for p in demo.raw.rglob("*") if p.is_file()}
    assert sum(file["rows"] for file in files) == demo.summary.rows
    for file in (f for f in files if f["source"] == "android_usage_events"):
        rows = [tuple(row.values()) for row in reading.rows_of(demo.raw / file["file"])]
        assert len(rows) == file["rows"] and len(rows) - len(set(rows)) == file["duplicates"]
    assert sum(file["overlap"] for file in files) > 0


def test_totals_are_sums_of_the_days(demo: Demo) -> None:
    totals = pl.read_parquet(demo.truth / "totals.parquet")
    parts = totals.filter(pl.col("month") != "all").group_by("uai").agg(pl.col("pupil_days", "used_days", "seconds").sum()).sort("uai")
    whole = totals.filter(pl.col("month") == "all").sort("uai").with_columns(pl.col("seconds").fill_null(0))
    assert parts["pupil_days"].to_list() == whole["pupil_days"].to_list()
    assert parts["used_days"].to_list() == whole["used_days"].to_list()
    assert max(abs(a - b) for a, b in zip(parts["seconds"], whole["seconds"], strict=True)) < 1e-3


def test_seconds_of_a_person_are_at_most_those_of_the_apps(demo: Demo) -> None:
    persons = pl.read_parquet(demo.truth / "person_days.parquet").filter(pl.col("evidence") == "foreground")
    apps = pl.read_parquet(demo.truth / "app_days.parquet").group_by("person_id", "local_date").agg(apps=pl.col("seconds").sum())
    both = persons.join(apps, on=["person_id", "local_date"])
    assert both.height == persons.height
    assert (both["seconds"] <= both["apps"] + 1e-6).all()
    assert (persons["in_school_seconds"] <= persons["seconds"] + 1e-6).all()


def test_school_days_of_the_autumn() -> None:
    days = pl.Series(range(day_number(date(2025, 9, 1)), day_number(date(2025, 12, 19)) + 1)).to_numpy()
    assert int(is_school_day(days, "4").sum()) == 55
    assert int(is_school_day(days, "4.5").sum()) == 69


def test_planted_effects_can_be_seen(demo: Demo) -> None:
    effects = json.loads((demo.truth / "effects.json").read_text())
    more, less = effects["gap_between_two_similar_schools"]["minutes"]
    assert more > 1.2 * less
    assert effects["training"]["minutes_after"] > effects["training"]["minutes_before"]
    assert effects["gap_between_social_bands"]["minutes_under_the_rest_of_the_class"] > 0
    days = pl.read_parquet(demo.truth / "device_days.parquet").filter(pl.col("device_id").is_in(effects["unused_trolley"]["device_ids"]))
    assert days.height > 50 and days["seconds"].sum() == 0
    expected = pl.read_parquet(demo.truth / "expected_days.parquet").filter(pl.col("class_id") == effects["late_class"]["class_id"])
    assert str(expected["local_date"].min()) == effects["late_class"]["from_date"]


def test_the_training_of_the_exports_is_the_one_that_is_planted(demo: Demo) -> None:
    planted = json.loads((demo.truth / "effects.json").read_text())["training"]
    [session] = reading.rows_of(demo.raw / "rosters/trainings.csv")
    assert (session["uai"], session["person_id"]) == (planted["uai"], "")
    assert (session["held_on"], float(session["hours"])) == (planted["held_on"], planted["hours"]) == ("2025-11-05", 6)


def test_broken_tablets_are_out_of_service_from_the_day_they_are_given_back(demo: Demo) -> None:
    repairs = {row["device_id"]: row for row in reading.rows_of(demo.raw / "rosters/repairs.csv")}
    assert sorted(repairs) == json.loads((demo.truth / "effects.json").read_text())["repairs"]["device_ids"]
    held: dict[str, list[str]] = defaultdict(list)
    for row in reading.rows_of(demo.raw / "rosters/assignments.csv"):
        held[row["device_id"]].append(row["to_date"])
    # the only tablets that nobody holds in the end: the others that were given back have a second pupil
    assert sorted(device for device, ends in held.items() if "" not in ends) == sorted(repairs)
    assert {device: row["from_date"] for device, row in repairs.items()} == {device: max(held[device]) for device in repairs}
    assert {row["to_date"] for row in repairs.values()} == {""} and all(row["reason"] for row in repairs.values())


def _by_device(demo: Demo, evidence: str) -> dict[str, dict[date, float | None]]:
    frame = pl.read_parquet(demo.truth / "device_days.parquet").filter(pl.col("evidence") == evidence)
    found: dict[str, dict[date, float | None]] = defaultdict(dict)
    for device, day, seconds in frame.select("device_id", "local_date", "seconds").iter_rows():
        found[device][day] = seconds if seconds is None else round(seconds, 3)
    return found


def _visit_days(instants: list[int]) -> list[date]:
    gap = timedelta(minutes=30) // timedelta(milliseconds=1)
    first = [at for before, at in zip([-gap * 2, *instants], instants, strict=False) if at - before > gap]
    return [reading.local_day(at) for at in first]
