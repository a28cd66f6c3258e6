"""A town in which everything that Cartable reads says something of somebody, written with or without one of its people."""

import json
from datetime import UTC, datetime
from pathlib import Path

from analysis.config import Config
from tests.hand_made import UAI, Town, write_csv

P1_ACCOUNTS = ("p1", "ent-1", "37")  # person_id, and what the portal and Moodle call the same pupil
HELD = [  # d1 goes from p1 to p2 without a note of its return; d9 is a trolley's tablet, lent to p1 for some days
    ("d1", "p1", "", "2025-09-01", ""),
    ("d1", "p2", "", "2025-10-13", ""),
    ("d2", "p2", "", "2025-09-01", "2025-10-10"),
    ("d3", "p1", "", "2025-10-13", "2025-10-17"),
    ("d4", "p3", "", "2025-09-01", ""),
    ("d9", "p1", "", "2025-09-01", "2025-09-30"),
    ("d9", "", "k1", "2025-09-01", ""),
]
P1_HELD = [("d1", "2025-09-01", "2025-10-12"), ("d3", "2025-10-13", "2025-10-17")]  # individual tablets, both days included
USED = [("d1", "2025-10-06"), ("d1", "2025-10-12"), ("d1", "2025-10-13"), ("d2", "2025-10-07"), ("d3", "2025-10-14"), ("d3", "2025-10-20")]
USED += [("d4", "2025-10-06"), ("d9", "2025-09-08")]


def is_p1s(device: str, day: str) -> bool:
    return any(device == held and first <= day <= last for held, first, last in P1_HELD)


def write_town(config: Config, without: str = "") -> Path:
    """The raw files; `without` p1, they are what the town would have exported had p1 never been there."""
    raw = Town(pupils=4).write(config)
    for name, rows in rosters().items():
        write_csv(raw / f"{name}.csv", [r for r in rows if without not in (r.get("person_id"), "-")] if without else rows)
    used = [(d, day) for d, day in USED if not (without and is_p1s(d, day))]
    town = Town()
    for device, day in used:
        town.app(device, "a", f"{day}T07:00", f"{day}T07:20")
    (raw / "events.ndjson").write_text("\n".join(map(json.dumps, town.events)) + "\n")
    totals = [{"deviceId": d, "activeTimeRanges": [{"date": day, "activeTime": 60_000}]} for d, day in used]
    (raw / "chromebooks.json").write_text(json.dumps({"chromeosdevices": totals}))
    seen = [{"UDID": d, "lastCheckin": f"{day}T21:30:00Z"} for d, day in used]
    (raw / "jamf.json").write_text(json.dumps({"code": 200, "devices": seen}))
    (raw / "ent.ndjson").write_text("".join(ent(user) for user in ("ent-1", "ent-2", "p3", "p1") if not (without and user in P1_ACCOUNTS)))
    (raw / "moodle.csv").write_text(moodle(*(n for n in ("37", "38") if not (without and n in P1_ACCOUNTS))))
    return raw


def rosters() -> dict[str, list[dict]]:
    """The rosters that name persons, whole."""
    people = [{"person_id": f"p{n}", "profile": "student", "sex": "F", "social_band": "x"} for n in (1, 2, 3, 4)]
    accounts = [("p1", "ent", "ent-1"), ("p2", "ent", "ent-2"), ("p1", "moodle", "37"), ("p2", "moodle", "38")]
    columns = ("device_id", "person_id", "class_id", "from_date", "to_date")
    return {
        "people": [*people, {"person_id": "p9", "profile": "teacher", "sex": "", "social_band": ""}],
        "identifiers": [{"person_id": p, "system": s, "identifier": i} for p, s, i in accounts],
        "enrolments": [
            {"person_id": f"p{n}", "class_id": "k1", "uai": UAI, "level": "CE1", "from_date": "2025-09-01"} for n in (1, 2, 3, 4)
        ],
        "devices": [{"device_id": f"d{n}", "kind": "shared" if n == 9 else "individual", "os": "Android"} for n in (1, 2, 3, 4, 9)],
        "assignments": [dict(zip(columns, row, strict=True)) for row in HELD],
        "repairs": [{"device_id": "d1", "from_date": "2025-09-20", "to_date": "2025-09-21", "reason": "x"}],
        "trainings": [{"uai": "", "person_id": p, "held_on": "2025-09-10"} for p in ("p1", "p9")],
    }


def ent(user: str, when: str = "2025-10-06T07:00") -> str:
    """One visit to the portal, as a line."""
    stamp = int(datetime.fromisoformat(when).replace(tzinfo=UTC).timestamp() * 1000)
    return json.dumps({"event-type": "ACCESS", "profil": "Student", "date": stamp, "userId": user}) + "\n"


def moodle(*users: str) -> str:
    """One event of each user in a course."""
    lines = [f'"06/10/25, 09:{user[-2:]}",Forum,Vu,"The user with id \'{user}\' viewed it."\n' for user in users]
    return "Time,Component,Event name,Description\n" + "".join(lines)
