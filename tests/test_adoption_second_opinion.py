"""The measures of adoption against the slow reading in plain Python, on random towns: pupils move, tablets break, fall silent, go on."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from analysis.config import Config
from tests import adoption_by_hand as pupils
from tests import tablets_by_hand as tablets
from tests.class_town import SEPTEMBER
from tests.fleet_town import Fleet, Loan, Seat, days_of
from tests.hand_made import config_in, measured, rows
from tests.plain_fleet import FOREGROUND, Found, Plain, Term

LAST = date(2025, 11, 23)
ROOMS = {1: ("k1", "k2"), 2: ("k3", "k4"), 3: ("k5",)}
SHARE, VALUE = "n, numerator, denominator", "n, value"
Town = tuple[Config, Plain]


def random_fleet(seed: int) -> Fleet:
    """Three schools; the third has iPads. A few pupils have no tablet, come late, leave, move, wait for theirs or break it."""
    chance, fleet = random.Random(seed), Fleet(closures=[(1, date(2025, 10, 13), date(2025, 10, 14))])
    for number in range(36):
        _seat(fleet, f"p{number}", chance)
    for number in range(36):
        if chance.random() < 0.85:
            _lend(fleet, number, chance)
    fleet.loans += [Loan(f"s{i}", room, kind="shared") for i, room in enumerate(("k1", "k1", "k4"))]
    for device in sorted({loan.device for loan in fleet.loans}):
        _live(fleet, device, chance)
    return fleet


def _day(chance: random.Random) -> date:
    return SEPTEMBER + timedelta(chance.randrange(80))


def _seat(fleet: Fleet, person: str, chance: random.Random) -> None:
    school, level = chance.choice((1, 1, 2, 2, 3)), chance.choice(("CE1", "CE2"))
    room, kind = chance.choice(ROOMS[school]), chance.random()
    fleet.sexes[person] = chance.choice("FM")
    if kind < 0.7:
        fleet.seats.append(Seat(person, school, room, level))
    elif kind < 0.8:
        fleet.seats.append(Seat(person, school, room, level, first=_day(chance)))
    elif kind < 0.85:
        fleet.seats.append(Seat(person, school, room, level, last=_day(chance)))
    else:
        change = _day(chance)
        other = chance.choice((1, 2)) if school != 3 else 3
        fleet.seats.append(Seat(person, school, room, level, last=change))
        fleet.seats.append(Seat(person, other, chance.choice(ROOMS[other]), level, first=change + timedelta(1)))


def _lend(fleet: Fleet, number: int, chance: random.Random) -> None:
    person, device, kind = f"p{number}", f"d{number}", chance.random()
    os = "iPadOS" if fleet.seats[[s.person for s in fleet.seats].index(person)].school == 3 else "Android"
    first = chance.choice((date(2022, 9, 12), date(2025, 8, 28), SEPTEMBER, _day(chance)))
    home = chance.choice(("true", "false"))
    if kind < 0.75:
        fleet.loans.append(Loan(device, person, first, None, home, os=os))
        return
    broken = max(first, SEPTEMBER) + timedelta(chance.randrange(2, 40))
    # who gives a tablet back without a note of it still has it until the next holder's day
    fleet.loans.append(Loan(device, person, first, broken if kind < 0.9 else None, home, os=os))
    fleet.loans.append(Loan(f"e{number}", person, broken + timedelta(3), None, home, os=os))
    back = broken + timedelta(chance.randrange(5, 20))
    fleet.repairs.append((device, broken + timedelta(1), chance.choice((None, back))))
    if chance.random() < 0.5:
        fleet.loans.append(Loan(device, f"p{(number + 1) % 36}", back + timedelta(2), None, home, os=os))


def _live(fleet: Fleet, device: str, chance: random.Random) -> None:
    """Signs and use at the tablet's own pace, from silence to every day, until it falls silent perhaps."""
    is_apple = any(loan.device == device and loan.os == "iPadOS" for loan in fleet.loans)
    pace, heard = chance.choice((0, 0.05, 0.3, 0.8)), chance.choice((0.1, 0.5, 0.9))
    until = _day(chance) if chance.random() < 0.2 else LAST
    for day in days_of(SEPTEMBER, until):
        if chance.random() < heard:
            fleet.hear([device], [day])
        if not is_apple and chance.random() < pace:
            fleet.use(device, chance.choice((1, 3, 5, 12)), day, hour=chance.choice((8, 8, 17)), app=chance.choice("abcd"))


@pytest.fixture(scope="module", params=[1, pytest.param(2, marks=pytest.mark.slow)])
def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Town:
    """A random town through the whole path, and the same one with its calendar for plain Python."""
    config, fleet = config_in(tmp_path_factory.mktemp("random")), random_fleet(request.param)
    fleet.write(config)
    measured(config)
    calendar = rows(config, "SELECT uai, local_date, is_school_day, why_closed FROM marts.school_day")
    school_days = {uai: {day for u, day, is_open, _ in calendar if u == uai and is_open} for uai, *_ in calendar}
    closed = {uai: {day for u, day, _, why in calendar if u == uai and why == "closure"} for uai in school_days}
    terms = [
        Term(uai, name, tuple(day for day in days_of(first, last) if day <= date(2025, 11, 30)))
        for uai, name, first, last in rows(config, "SELECT uai, period, from_date, to_date FROM marts.period")
    ]
    return config, Plain(fleet, school_days, closed, terms)


MEASURES: list[tuple[str, str, Callable[[Plain], Found]]] = [
    ("regular_share", SHARE, lambda plain: pupils.share_of_pupils(plain, lambda use: use.is_regular)),
    ("left_out_share", SHARE, lambda plain: pupils.share_of_pupils(plain, lambda use: use.days_used < len(use.held_weeks))),
    ("unused_share", SHARE, lambda plain: only_all(pupils.share_of_pupils(plain, lambda use: use.days_used == 0))),
    ("weekly_active_share", SHARE, pupils.weekly_active_share),
    ("funnel_share", SHARE, pupils.funnel_share),
    ("started_share", VALUE, pupils.started_share),
    ("days_to_first_use_median", VALUE, pupils.days_to_first_use_median),
    ("retention_share", SHARE, pupils.retention_share),
    ("apps_per_pupil", VALUE, pupils.apps_per_pupil),
    (
        "home_minutes_per_pupil_day",
        SHARE,
        lambda p: pupils.home_days(p, p.is_school_day, lambda devices, day: p.seconds(devices, day, True) / 60),
    ),
    (
        "closure_days_used_share",
        SHARE,
        lambda p: pupils.home_days(p, lambda uai, day: day in p.closed[uai], lambda devices, day: p.seconds(devices, day) > 0),
    ),
    ("dormant_14_share", SHARE, lambda plain: both(plain, lambda p, e: tablets.dormant_share(p, 14, e))),
    ("dormant_28_share", SHARE, lambda plain: both(plain, lambda p, e: tablets.dormant_share(p, 28, e))),
    ("working_share", SHARE, lambda plain: both(plain, tablets.working_share)),
    (
        "never_used_share",
        "numerator, denominator",
        lambda p: tablets.never_used_share(p, "individual") | tablets.never_used_share(p, "shared"),
    ),
    ("equipped_share", SHARE, tablets.equipped_share),
    ("repair_days_share", "numerator, denominator", tablets.repair_days_share),
]


def only_all(found: Found) -> Found:
    return {key: value for key, value in found.items() if key[2] == "all"}


def both(plain: Plain, measure: Callable[[Plain, str], Found]) -> Found:
    return measure(plain, FOREGROUND) | measure(plain, "checkin")


@pytest.mark.parametrize(("measure", "columns", "again"), MEASURES, ids=[name for name, *_ in MEASURES])
def test_the_measure_says_what_plain_python_says(town: Town, measure: str, columns: str, again: Callable[[Plain], Found]) -> None:
    config, plain = town
    expected = again(plain)
    query = f"SELECT uai, period, breakdown, category, evidence, {columns} FROM measures.\"values\" WHERE measure = '{measure}'"
    # what the registers do not say in these towns, and trolleys where pupils' tablets are computed again, have their tests by hand
    left_out = ["take_home", "rep", "ips", *(["kind"] if measure.startswith("dormant") else [])]
    found = {row[:5]: row[5:] for row in rows(config, f"{query} AND value IS NOT NULL") if row[2] not in left_out}
    assert found.keys() == expected.keys()
    assert len(found) > 2
    assert {key: found[key] for key in expected} == {key: pytest.approx(value) for key, value in expected.items()}
