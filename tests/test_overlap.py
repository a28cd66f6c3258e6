"""The same export downloaded twice with different ranges never counts the same use twice, whatever the format."""

import json
from pathlib import Path

import pytest

from analysis.config import Config
from tests.hand_made import Town, in_marts, rows
from tests.reading import keyed_config

DAYS = ("2025-10-06", "2025-10-07", "2025-10-09")


def android(days: tuple[str, ...]) -> str:
    town = Town()
    for day in days:
        town.app("d1", "app", f"{day}T08:00", f"{day}T08:10")
    return "\n".join(map(json.dumps, town.events)) + "\n"


def chromebook(days: tuple[str, ...]) -> str:
    ranges = [{"date": day, "activeTime": 600_000} for day in days]
    return json.dumps({"chromeosdevices": [{"deviceId": "d2", "activeTimeRanges": ranges}]})


def jamf(days: tuple[str, ...]) -> str:
    return "UDID,Last Inventory Update,Battery Level\n" + "".join(f"d3,{day} 09:00:00,80\n" for day in days)


def portal(days: tuple[str, ...]) -> str:
    event = {"event-type": "LOGIN", "module": "Auth", "userId": "p4", "profil": "Student", "structures": ["s1"]}
    millis = {day: 1759730400000 + 86_400_000 * (int(day[-2:]) - 6) for day in days}
    return "".join(json.dumps({**event, "date": at + step}) + "\n" for at in millis.values() for step in (0, 60_000, 600_000))


def moodle(days: tuple[str, ...]) -> str:
    lines = "".join(f'"{day[8:]}/10/25, 10:05",System,Course viewed,"The user with id \'5\' viewed"\n' for day in days)
    return "Time,Component,Event name,Description\n" + lines


FORMATS = {"android.ndjson": android, "chromebook.json": chromebook, "jamf.csv": jamf, "portal.ndjson": portal, "moodle.csv": moodle}


def town(folder: Path, *ranges: tuple[str, ...]) -> Config:
    """Five pupils of whom each is known by another format, exported once for each range of days."""
    config = keyed_config(folder)
    raw = Town(pupils=5).write(config)
    (raw / "structures.csv").write_text("structure_id,uai\ns1,0920001B\n", encoding="utf-8")
    (raw / "identifiers.csv").write_text("person_id,system,identifier\np4,ent,p4\np5,moodle,5\n", encoding="utf-8")
    for number, days in enumerate(ranges):
        for name, write in FORMATS.items():
            (raw / f"{number}-{name}").write_text(write(days), encoding="utf-8")
    assert sum(r.rows_quarantined for r in in_marts(config)) == 0
    return config


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> tuple[Config, Config]:
    """Exported once, and in two parts that have a day in common."""
    folder = tmp_path_factory.mktemp("overlap")
    return town(folder / "once", DAYS), town(folder / "twice", DAYS[:2], DAYS[1:])


@pytest.mark.parametrize("mart", ["use_interval", "device_seen", "device_day", "pupil_day", "portal_event", "portal_visit", "portal_day"])
def test_two_exports_with_a_day_in_common_give_the_same_rows(towns: tuple[Config, Config], mart: str) -> None:
    once, twice = (rows(config, f"SELECT * FROM marts.{mart} ORDER BY ALL") for config in towns)
    assert once == twice and once


def test_each_format_is_there_to_be_counted_twice(towns: tuple[Config, Config]) -> None:
    _, twice = towns
    seen = "SELECT evidence, COUNT(*) FROM marts.device_seen GROUP BY ALL ORDER BY ALL"
    assert rows(twice, seen) == [("active", 3), ("checkin", 3), ("foreground", 3)]
    assert rows(twice, "SELECT COUNT(DISTINCT person_key), COUNT(*) FROM marts.portal_event") == [(2, 12)]
    assert rows(twice, "SELECT SUM(minutes) FROM marts.pupil_day") == [(60.0,)]
