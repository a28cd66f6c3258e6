"""Schools, classes and children written by hand: who they are, where they sit, and how long they use their tablet on which day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from analysis.config import Config
from tests.hand_made import Town, write_csv

SEPTEMBER = date(2025, 9, 1)
FAR_AWAY = date(2026, 7, 3)
# Zone C, four days a week: from the first day of class to the eve of the autumn holidays, without any other holiday
SCHOOL_DAYS = [d for d in (SEPTEMBER + timedelta(n) for n in range(47)) if d.isoweekday() in (1, 2, 4, 5)]
OCTOBER_DAYS = [d for d in SCHOOL_DAYS if d.month == 10]
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


def uai_of(number: int) -> str:
    """The national code of a school of the Hauts-de-Seine with this number."""
    digits = 920_000 + number
    return f"{digits:07}{_LETTERS[digits % 23]}"


@dataclass(frozen=True)
class Stay:
    """A child in a class of a school, both days included."""

    school: int
    room: str
    first: date = SEPTEMBER
    last: date = FAR_AWAY


@dataclass(frozen=True)
class Child:
    """A child, what the register says of it, the days on which it holds a tablet, and minutes of use by day."""

    name: str
    stays: tuple[Stay, ...]
    use: dict[date, float] = field(default_factory=dict)
    sex: str = ""
    band: str = ""
    internet: str = ""
    support: str = ""
    take_home: str = ""
    held_from: date | None = SEPTEMBER


def child(name: str, school: int, room: str, a_day: float, **known: str) -> Child:
    """A child whose minutes in October come to `a_day` per school day, all of them made on the 6th."""
    use = {date(2025, 10, 6): a_day * len(OCTOBER_DAYS)} if a_day else {}
    return Child(name, (Stay(school, room),), use, **known)  # type: ignore[arg-type]


def write_town(
    config: Config, children: Iterable[Child], schools: dict[int, dict] | None = None, trainings: list[dict] | None = None
) -> Path:
    """The raw files of the children; `schools` adds IPS and REP by number. Every tablet is heard of on every school day."""
    children, town = list(children), Town()
    for each in children:
        for day, minutes in each.use.items():
            start = f"{day}T08:00:00"
            seconds = round(minutes * 60)
            town.app(f"d-{each.name}", "a", start, f"{day}T{8 + seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}")
        for day in SCHOOL_DAYS if each.held_from else []:
            town.event(f"d-{each.name}", "", 11, f"{day}T05:00")
    raw = town.write(config)
    rosters = _rosters(children, schools or {})
    for name, rows in rosters.items():
        write_csv(raw / f"{name}.csv", rows)
    if trainings:
        write_csv(raw / "trainings.csv", trainings)
    return raw


def _rosters(children: list[Child], known: dict[int, dict]) -> dict[str, list[dict]]:
    stays = [(each.name, stay) for each in children for stay in each.stays]
    year = {"school_year": "2025-2026", "zone": "C", "timezone": "Europe/Paris", "week_pattern": "4", "bells": "08:30-11:30,13:30-16:30"}
    numbers = sorted({stay.school for _, stay in stays})
    rooms = sorted({(stay.school, stay.room) for _, stay in stays})
    holders = [each for each in children if each.held_from]
    traits = ("sex", "band", "internet", "support")
    columns = ("sex", "social_band", "home_internet", "support")
    return {
        "schools": [{"uai": uai_of(n), "name": f"École {n}", **year, "ips": "", "rep": "", **known.get(n, {})} for n in numbers],
        "classes": [{"class_id": r, "uai": uai_of(n), "school_year": "2025-2026", "levels": "CE1"} for n, r in rooms],
        "people": [
            {"person_id": c.name, "profile": "student", **{k: getattr(c, t) for k, t in zip(columns, traits, strict=True)}}
            for c in children
        ],
        "enrolments": [
            {"person_id": who, "class_id": s.room, "uai": uai_of(s.school), "level": "CE1", "from_date": s.first, "to_date": s.last}
            for who, s in stays
        ],
        "devices": [{"device_id": f"d-{c.name}", "kind": "individual", "os": "Android"} for c in holders],
        "assignments": [
            {"device_id": f"d-{c.name}", "person_id": c.name, "from_date": c.held_from, "take_home": c.take_home} for c in holders
        ],
    }
