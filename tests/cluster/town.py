"""A town of four schools in which nearly everything that binds devices and persons happens, with random logs of three months."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from analysis.config import Config
from tests.erasable_town import moodle
from tests.hand_made import write_csv

SCHOOLS = ("0920001B", "0920002C", "0920003D", "0920004E")
PUPILS = 3  # of each school
IPADS = {"d2", "d10", "d11"}  # d11 alone is heard of
FIRST, DAYS = datetime(2025, 9, 22, tzinfo=UTC), 45


def write_town(config: Config, seed: int = 7) -> Path:
    """The raw files. The first pupil of the first school moves to the second in October and takes the tablet along; p3 gives a tablet on
    to p4; a trolley is shared by classes of two schools; a tablet is nobody's; one iPad is seen, and two are silent, one elsewhere.
    """
    raw, chance = config.raw_dir, random.Random(seed)
    raw.mkdir(parents=True, exist_ok=True)
    for name, rows in _rosters().items():
        write_csv(raw / f"{name}.csv", rows)
    used = [name for n in range(1, PUPILS * len(SCHOOLS) + 1) if (name := f"d{n}") not in IPADS] + ["trolley", "nobodys"]
    write_logs(raw, "events", used, FIRST, DAYS, chance)
    days = [f"{FIRST + timedelta(n):%Y-%m-%d}" for n in range(DAYS)]
    totals = [{"deviceId": "d5", "activeTimeRanges": [{"date": day, "activeTime": chance.randrange(9_000_000)}]} for day in days[::2]]
    (raw / "chromebooks.json").write_text(json.dumps({"chromeosdevices": totals}))
    seen = [{"UDID": "d11", "lastCheckin": f"{day}T21:30:00Z"} for day in days[::3]]
    (raw / "jamf.json").write_text(json.dumps({"code": 200, "devices": seen}))
    write_portal(raw, "ent", FIRST, DAYS, chance)
    (raw / "moodle.csv").write_text(moodle("37", "38", "39"))
    return raw


def write_logs(raw: Path, name: str, devices: list[str], first: datetime, days: int, chance: random.Random) -> None:
    """Android events at all hours, to the millisecond, so that some use crosses midnight and the ends of months."""
    with (raw / f"{name}.ndjson").open("w") as file:
        for device in devices:
            for at in _instants(first, days, chance, (60, 300, 1200, 30_000)):
                event = {
                    "deviceId": device,
                    "packageName": chance.choice("ab"),
                    "className": "M",
                    "eventType": chance.choice([1, 1, 2, 16]),
                }
                file.write(json.dumps(event | {"timeStamp": int(at.timestamp() * 1000)}) + "\n")


def write_portal(raw: Path, name: str, first: datetime, days: int, chance: random.Random) -> None:
    """Events of the ENT: of pupils under their own identifier or another, of a teacher, and of somebody whom no roster knows."""
    with (raw / f"{name}.ndjson").open("w") as file:
        for user in ("ent-1", "ent-2", "p1", "p8", "p10", "t1", "x1"):
            for at in _instants(first, days, chance, (30, 600, 3000, 90_000)):
                event = {"event-type": chance.choice(["LOGIN", "ACCESS", "CREATE"]), "module": "Blog", "userId": user}
                event |= {"profil": chance.choice(["Student", "Teacher"]), "structures": [chance.choice(["S1", "S2"])]}
                file.write(json.dumps(event | {"date": int(at.timestamp() * 1000)}) + "\n")


def _instants(first: datetime, days: int, chance: random.Random, gaps: tuple[int, ...]) -> Iterator[datetime]:
    at = first
    while (at := at + timedelta(seconds=chance.choice(gaps) * chance.random() * 2)) < first + timedelta(days):
        yield at


def _rosters() -> dict[str, list[dict]]:
    numbers = range(1, PUPILS * len(SCHOOLS) + 1)
    school = {"school_year": "2025-2026", "zone": "C", "week_pattern": "4", "bells": "08:30-11:30,13:30-16:30"}
    seats = [{"person_id": f"p{n}", "at": (n - 1) // PUPILS, "from_date": "2025-09-01", "to_date": ""} for n in numbers]
    seats[0]["to_date"] = "2025-10-14"
    seats.append({"person_id": "p1", "at": 1, "from_date": "2025-10-15", "to_date": ""})
    held = [{"device_id": f"d{n}", "person_id": f"p{n}", "class_id": "", "from_date": "2025-09-01", "to_date": ""} for n in numbers]
    held += [{"device_id": "d3", "person_id": "p4", "class_id": "", "from_date": "2025-10-06", "to_date": ""}]
    held += [{"device_id": "trolley", "person_id": "", "class_id": f"k{at}", "from_date": "2025-09-01", "to_date": ""} for at in (2, 3)]
    devices = [{"device_id": f"d{n}", "kind": "individual", "os": "iPadOS" if f"d{n}" in IPADS else "Android"} for n in numbers]
    return {
        "schools": [{"uai": uai, "name": f"École {uai}", **school} for uai in SCHOOLS],
        "classes": [{"class_id": f"k{at}", "uai": uai, "school_year": "2025-2026", "levels": "CE1"} for at, uai in enumerate(SCHOOLS)],
        "people": [{"person_id": f"p{n}", "profile": "student"} for n in numbers] + [{"person_id": "t1", "profile": "teacher"}],
        "enrolments": [{**seat, "class_id": f"k{(at := seat.pop('at'))}", "uai": SCHOOLS[at], "level": "CE1"} for seat in seats],
        "devices": [*devices, {"device_id": "trolley", "kind": "shared", "os": "Android"}],
        "assignments": [{**row, "take_home": "true"} for row in held],
        "structures": [{"structure_id": f"S{at + 1}", "uai": uai} for at, uai in enumerate(SCHOOLS[:2])],
        "identifiers": [
            {"person_id": person, "system": system, "identifier": name}
            for person, system, name in (("p1", "ent", "ent-1"), ("p7", "ent", "ent-2"), ("p1", "moodle", "37"), ("p8", "ent", "p8"))
        ],
    }
