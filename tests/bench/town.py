"""The town of the benchmarks: schools of two hundred tablets, one pupil each, and months of made-up Android events; the same each time."""

import csv
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

from analysis.config import Config
from tests.hand_made import config_in, write_csv

FIRST, LAST = date(2025, 10, 1), date(2025, 10, 31)
PER_SCHOOL, SINCE, SCHOOL_YEAR = 200, "2025-09-01", "2025-2026"
_UAI_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_HEADER = ["deviceId", "packageName", "className", "timeStamp", "eventType"]


def town_in(folder: Path, tablets: int) -> Config:
    """Rosters of as many schools as the tablets need, written into the raw folder of a configuration in `folder`."""
    config = config_in(folder)
    config.raw_dir.mkdir(parents=True, exist_ok=True)
    numbers = range(1, tablets + 1)
    schools = [_uai(number) for number in range(-(-tablets // PER_SCHOOL))]
    times = {"zone": "C", "timezone": "Europe/Paris", "week_pattern": "4", "bells": "08:30-11:30,13:30-16:30"}
    rosters = {
        "schools": [{"uai": uai, "school_year": SCHOOL_YEAR, "name": f"École {n}"} | times for n, uai in enumerate(schools, 1)],
        "classes": [
            {"class_id": f"k{n}", "uai": schools[n // 8], "school_year": SCHOOL_YEAR, "levels": "CE1"} for n in range(8 * len(schools))
        ],
        "people": [{"person_id": f"p{n}", "profile": "student"} for n in numbers],
        "enrolments": [_enrolment(n, schools) for n in numbers],
        "devices": [{"device_id": f"d{n}", "kind": "individual", "os": "Android"} for n in numbers],
        "assignments": [{"device_id": f"d{n}", "person_id": f"p{n}", "from_date": SINCE} for n in numbers],
    }
    for name, rows in rosters.items():
        write_csv(config.raw_dir / f"{name}.csv", rows)
    return config


def _enrolment(number: int, schools: list[str]) -> dict:
    place = (number - 1) % (8 * len(schools))
    uai = schools[place // 8]
    return {"person_id": f"p{number}", "class_id": f"k{place}", "uai": uai, "level": "CE1", "from_date": SINCE}


def _uai(number: int) -> str:
    code = 920_000 + number
    return f"{code:07}{_UAI_LETTERS[code % 23]}"


def write_month(path: Path, tablets: int, first: date = FIRST, last: date = LAST) -> int:
    """Events of every tablet on the weekdays from `first` to `last`, as CSV. Returns the number of rows."""
    chance, rows = random.Random(f"{first} {last}"), 0
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        for tablet in range(1, tablets + 1):
            for day in days:
                if day.weekday() < 5:
                    bouts = [event for hour in (7, 9, 13) for event in _bout(f"d{tablet}", day, hour, chance)]
                    writer.writerows(bouts)
                    rows += len(bouts)
    return rows


def _bout(tablet: str, day: date, hour: int, chance: random.Random) -> list[tuple[str, str, str, int, int]]:
    """Eight screens one after the other, the next opening before the last closes, then the screen goes off."""
    at = int(datetime(day.year, day.month, day.day, hour, chance.randrange(60), tzinfo=UTC).timestamp() * 1000)
    events, before = [], None
    for _ in range(8):
        app, screen = f"org.example.app{chance.randrange(12)}", f"Screen{chance.randrange(3)}"
        events.append((tablet, app, screen, at, 1))
        events += [(tablet, *before, at + 40, 2)] if before else []
        before, at = (app, screen), at + chance.randrange(5_000, 120_000)
    return [*events, (tablet, "", "", at, 16)]


def write_more(month: Path, path: Path, times: int) -> int:
    """Events of a month of tablets d1 to dN, repeated for `times` as many tablets, each with instants of its own. Returns the rows."""
    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW month AS SELECT *, CAST(deviceId[2:] AS BIGINT) AS number FROM read_csv('{month}')")
        more = "'d' || (number + copy * (SELECT MAX(number) FROM month)) AS deviceId, packageName, className"
        rows = f"SELECT {more}, timeStamp + 137 * copy AS timeStamp, eventType FROM range({times}) AS c (copy), month"
        return connection.execute(f"COPY ({rows}) TO '{path}' (FORMAT csv, HEADER)").fetchall()[0][0]
