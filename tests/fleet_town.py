"""A fleet written by hand: who sits where, who is lent which tablet from when to when, and what each tablet did on which day."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from analysis.config import Config
from tests.class_town import SCHOOL_DAYS, SEPTEMBER, uai_of
from tests.hand_made import Town, config_in, measured, rows, write_csv

HERE, THERE = uai_of(1), uai_of(2)
CATALOGUE = ("a", "b")  # the apps of the town's catalogue; others are used too


@dataclass(frozen=True)
class Seat:
    """A pupil in a class of a school, both days included; without `last`, to this day."""

    person: str
    school: int = 1
    room: str = "k1"
    level: str = "CE1"
    first: date = SEPTEMBER
    last: date | None = None


@dataclass(frozen=True)
class Loan:
    """A tablet lent to a pupil, or (`kind` shared) a trolley's tablet to a class; both days included."""

    device: str
    holder: str
    first: date = SEPTEMBER
    last: date | None = None
    take_home: str = ""
    kind: str = "individual"
    os: str = "Android"


@dataclass(frozen=True)
class Use:
    """Minutes with an app in front, from `hour` UTC on (8 is within the hours of class, 17 is not)."""

    device: str
    day: date
    minutes: float
    hour: int = 8
    app: str = "a"


@dataclass
class Fleet:
    """What the raw files say; `signs` are days on which a tablet is heard of without being used."""

    seats: list[Seat] = field(default_factory=list)
    loans: list[Loan] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    signs: set[tuple[str, date]] = field(default_factory=set)
    sexes: dict[str, str] = field(default_factory=dict)
    internet: dict[str, str] = field(default_factory=dict)
    closures: list[tuple[int, date, date]] = field(default_factory=list)
    repairs: list[tuple[str, date, date | None]] = field(default_factory=list)

    def use(self, device: str, minutes: float, *days: date, hour: int = 8, app: str = "a") -> "Fleet":
        """The same use on each of the days."""
        self.uses += [Use(device, day, minutes, hour, app) for day in days]
        return self

    def hear(self, devices: Iterable[str], days: Iterable[date]) -> "Fleet":
        """Each device is heard of on each day."""
        days = list(days)
        self.signs |= {(device, day) for device in devices for day in days}
        return self

    def write(self, config: Config) -> Path:
        """Writes the raw files."""
        raw, town = Town().write(config), Town()
        for name, roster in self._rosters().items():
            write_csv(raw / f"{name}.csv", roster)
        for u in self.uses:
            town.app(u.device, u.app, f"{u.day}T{u.hour:02}:00", _end(u))
        apples = {loan.device for loan in self.loans if loan.os == "iPadOS"}
        for device, day in sorted(self.signs):
            if device not in apples:
                town.event(device, "", 11, f"{day}T07:00")
        (raw / "events.ndjson").write_text("\n".join(map(json.dumps, town.events)) + "\n", encoding="utf-8")
        seen = [{"UDID": device, "lastCheckin": f"{day}T07:00:00Z"} for device, day in sorted(self.signs) if device in apples]
        if seen:
            (raw / "jamf.json").write_text(json.dumps({"code": 200, "count": len(seen), "devices": seen}), encoding="utf-8")
        return raw

    def _rosters(self) -> dict[str, list[dict]]:
        school = {"school_year": "2025-2026", "name": "École", "zone": "C", "week_pattern": "4", "bells": "08:30-11:30,13:30-16:30"}
        rooms = sorted({(s.room, s.school) for s in self.seats})
        people = sorted({s.person for s in self.seats})
        tablets = {loan.device: (loan.kind, loan.os) for loan in self.loans}
        rosters = {
            "schools": [{"uai": uai_of(number), **school} for number in sorted({s.school for s in self.seats})],
            "classes": [{"class_id": room, "uai": uai_of(n), "school_year": "2025-2026", "levels": "CE1"} for room, n in rooms],
            "people": [
                {"person_id": p, "profile": "student", "sex": self.sexes.get(p, ""), "home_internet": self.internet.get(p, "")}
                for p in people
            ],
            "enrolments": [
                {
                    "person_id": s.person,
                    "class_id": s.room,
                    "uai": uai_of(s.school),
                    "level": s.level,
                    "from_date": s.first,
                    "to_date": s.last,
                }
                for s in self.seats
            ],
            "devices": [{"device_id": device, "kind": kind, "os": os} for device, (kind, os) in tablets.items()],
            "assignments": [_assignment(loan) for loan in self.loans],
            "app_catalogue": [{"app_id": app, "name": app.upper(), "category": "lecture"} for app in CATALOGUE],
            "closures": [{"uai": uai_of(n), "from_date": first, "to_date": last, "reason": "neige"} for n, first, last in self.closures],
            "repairs": [{"device_id": d, "from_date": first, "to_date": last, "reason": "écran"} for d, first, last in self.repairs],
        }
        return {name: rows for name, rows in rosters.items() if rows}


def october(*days: int) -> list[date]:
    """These days of October 2025."""
    return [date(2025, 10, day) for day in days]


def class_of(count: int, **loan: object) -> Fleet:
    """Pupils p1, p2, ... of one class with tablets d1, d2, ... that are heard of on every school day."""
    names = range(1, count + 1)
    fleet = Fleet([Seat(f"p{i}") for i in names], [Loan(f"d{i}", f"p{i}", **loan) for i in names])  # type: ignore[arg-type]
    return fleet.hear([f"d{i}" for i in names], SCHOOL_DAYS)


def built(folder: Path, fleet: Fleet, **settings: object) -> Config:
    """The fleet from its raw files to the measures."""
    config = config_in(folder, **settings)
    fleet.write(config)
    measured(config)
    return config


def found(
    config: Config, measure: str, period: str = "2025-10", uai: str = HERE, columns: str = "n, numerator, denominator"
) -> dict[str, tuple]:
    """`breakdown category` -> n, numerator, denominator of the measure in one school and period."""
    query = f"SELECT breakdown || ' ' || category, {columns} FROM measures.\"values\" WHERE measure = '{measure}'"
    return {row[0]: row[1:] for row in rows(config, f"{query} AND period = '{period}' AND uai = '{uai}' AND value IS NOT NULL")}


def days_of(first: date, last: date) -> list[date]:
    """Every day from the first to the last."""
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def _assignment(loan: Loan) -> dict:
    is_shared = loan.kind == "shared"
    holder = {"person_id": "" if is_shared else loan.holder, "class_id": loan.holder if is_shared else ""}
    return {"device_id": loan.device, **holder, "from_date": loan.first, "to_date": loan.last, "take_home": loan.take_home}


def _end(use: Use) -> str:
    seconds = round(use.minutes * 60)
    return f"{use.day}T{use.hour + seconds // 3600:02}:{seconds % 3600 // 60:02}:{seconds % 60:02}"
