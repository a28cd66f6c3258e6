"""The measures of equity against the slow reading in plain Python, on random towns with pupils who move and of whom little is known."""

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests import equity_plainly as plainly
from tests.class_town import SCHOOL_DAYS, SEPTEMBER, Child, Stay, uai_of, write_town
from tests.equity_plainly import PERIODS, TERRITORY, Pupil
from tests.hand_made import config_in, rows, run

TRAINED = date(2025, 9, 23)
Found = dict[tuple[str, int, str, str], tuple]


def random_town(chance: random.Random) -> tuple[list[Child], dict[int, dict]]:
    """Seven schools of one to four classes of three to seven children; some move, some wait for their tablet, some never use it."""
    schools = {n: {"ips": 80 + chance.random() * 40 if n != 7 else "", "rep": "REP" if n in (1, 2) else ""} for n in range(1, 8)}
    rooms = {n: [f"k{n}{letter}" for letter in "abcd"[: chance.randint(1, 4)]] for n in schools}
    children = [
        a_child(chance, f"c{room}-{i}", n, room, rooms) for n, mine in rooms.items() for room in mine for i in range(chance.randint(3, 7))
    ]
    return children, schools


def a_child(chance: random.Random, name: str, school: int, room: str, rooms: dict[int, list[str]]) -> Child:
    known = {
        "sex": chance.choice(["F", "M", "F", "M", ""]),
        "band": chance.choice(["très favorisée", "moyenne", "défavorisée", ""]),
        "internet": chance.choice(["true", "true", "false", ""]),
        "support": chance.choice(["true", "false", "false", "false"]),
        "take_home": chance.choice(["true", "false", ""]),
    }
    held_from = chance.choice([SEPTEMBER] * 8 + [date(2025, 9, 15), date(2025, 10, 6), None])
    habit = chance.choice([0.0, 0.1, 0.6, 0.9])
    use = {d: round(chance.expovariate(1 / 12), 1) for d in SCHOOL_DAYS if chance.random() < habit}
    return Child(name, moves(chance, school, room, rooms), {d: min(m, 170) for d, m in use.items() if m > 0}, held_from=held_from, **known)


def moves(chance: random.Random, school: int, room: str, rooms: dict[int, list[str]]) -> tuple[Stay, ...]:
    """One class, or from a day on which no period has as many school days before as after, another class or school."""
    if chance.random() < 0.8:
        return (Stay(school, room),)
    at = chance.choice([date(2025, 9, 9), date(2025, 10, 3), date(2025, 10, 14)])
    other = chance.choice(list(rooms))
    there = chance.choice(rooms[other])
    if there == room:
        return (Stay(school, room),)
    return (Stay(school, room, last=at - timedelta(1)), Stay(other, there, at))


def expected_of(children: list[Child], schools: dict[int, dict], period: str) -> Found:
    """Everything that one period should hold, but for trainings."""
    found: Found = {}
    least = plainly.least_favoured(children)
    for place in (TERRITORY, *schools):
        pupils = plainly.pupils_of(children, place, PERIODS[period])
        for measure, rows_ in of_place(pupils, place, schools, least).items():
            found |= {(measure, place, *key): row for key, row in rows_.items()}
    return found


def of_place(pupils: list[Pupil], place: int, schools: dict[int, dict], least: str) -> dict[str, dict[tuple[str, str], tuple]]:
    if not pupils:
        return {}
    amounts, n, whole = [p.a_day for p in pupils], len(pupils), ("all", "all")
    found = {
        "gap_minutes": plainly.gaps_of(pupils, place, schools, least, lambda p: p.a_day),
        "gap_regular_share": plainly.gaps_of(pupils, place, schools, least, lambda p: float(p.is_regular)),
        "gini_minutes": {whole: (n, plainly.gini(amounts), None, None)},
        "theil_t_minutes": {whole: (n, plainly.theil(amounts), None, None)},
        "lorenz_share": {("lowest", str(s)): (n, plainly.lowest_share(amounts, s / 100), None, None) for s in (20, 40, 60, 80)},
        "minutes_per_pupil_day": {("sex", s): plainly.of_ratio(mine) for s in "FM" if (mine := [p for p in pupils if p.child.sex == s])},
    }
    kind, clusters = ("schools", [p.school for p in pupils]) if place == TERRITORY else ("classes", [p.room for p in pupils])
    if len(set(clusters)) > 1:
        shares = plainly.between_share(amounts, clusters), plainly.share_by_chance(amounts, clusters)
        found["theil_between_share"] = {("between", kind + e): (n, s, None, None) for e, s in zip(("", "_by_chance"), shares, strict=True)}
    return found


def measured(config: object, period: str, names: set[str]) -> Found:
    query = f"SELECT measure, uai, breakdown, category, n, value, low, high FROM measures.\"values\" WHERE period = '{period}'"
    places = {uai_of(n): n for n in range(1, 8)} | {"territory": TERRITORY}
    found = [r for r in rows(config, query) if r[0] in names]  # type: ignore[arg-type]
    return {
        (m, places[uai], b, c): tuple(rest) for m, uai, b, c, *rest in found if m != "minutes_per_pupil_day" or (b == "sex" and c in "FM")
    }


def difference(found: tuple | None, expected: tuple | None) -> bool:
    if found is None or expected is None or found[0] != expected[0]:
        return True
    return any(
        (a is None) != (b is None) or (a is not None and a != pytest.approx(b, abs=1e-6)) for a, b in zip(found, expected, strict=True)
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_equity_of_a_random_town(tmp_path: Path, seed: int) -> None:
    children, schools = random_town(random.Random(seed))
    config = config_in(tmp_path)
    write_town(config, children, schools, [{"uai": uai_of(1), "person_id": "", "held_on": TRAINED, "hours": 3}])
    run(config)
    for period in PERIODS:
        expected = expected_of(children, schools, period)
        found = measured(config, period, {key[0] for key in expected})
        assert len(expected) > 100
        assert {k: (found.get(k), expected.get(k)) for k in found.keys() | expected if difference(found.get(k), expected.get(k))} == {}
        the_slope(config, plainly.slope(plainly.pupils_of(children, TERRITORY, PERIODS[period]), schools), period)
    the_training(config, children)


def the_slope(config: object, expected: tuple | None, period: str) -> None:
    names = ("sii_minutes", "rii_minutes", "concentration_index_minutes")
    query = f"SELECT measure, value FROM measures.\"values\" WHERE period = '{period}' AND measure IN {names}"
    found = dict(rows(config, query))  # type: ignore[arg-type]
    assert expected is not None
    assert [found[name] for name in names] == [pytest.approx(e, abs=1e-6) for e in expected]


def the_training(config: object, children: list[Child]) -> None:
    sides = [d for d in SCHOOL_DAYS if d < TRAINED], [d for d in SCHOOL_DAYS if d > TRAINED]
    rooms = {s.room for c in children for s in c.stays if s.school == 1}
    classes = [[plainly.ratio(children, days, lambda s, r=room: s.room == r) for days in sides] for room in rooms]
    others = [[plainly.ratio(children, days, lambda s, n=n: s.school == n) for days in sides] for n in range(2, 8)]
    query = """SELECT breakdown, value, low, high FROM measures."values" WHERE measure = 'training_change_minutes' AND period = '2025-T1'"""
    found = {breakdown: tuple(rest) for breakdown, *rest in rows(config, query)}  # type: ignore[arg-type]
    for breakdown, pairs in (("training", classes), ("training_elsewhere", others)):
        known = [(before, after) for before, after in pairs if before is not None and after is not None]
        assert found[breakdown] == tuple(e if e is None else pytest.approx(e, abs=1e-6) for e in plainly.change(known))
    query = """SELECT breakdown, value FROM measures."values" WHERE measure = 'training_minutes' AND period = '2025-T1'"""
    whole = [plainly.ratio(children, days, lambda s: s.school == 1) for days in sides]
    assert dict(rows(config, query)) == dict(zip(("before", "after"), map(pytest.approx, whole), strict=True))  # type: ignore[arg-type]
