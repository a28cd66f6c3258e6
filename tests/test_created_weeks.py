"""Weeks with something created on the portal: a town by hand, formats that tell no creation, random towns in plain Python."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from analysis.config import Config
from tests.created_plainly import ANYWHERE, Deed, Portal, Stay, created_weeks
from tests.hand_made import UAI, Town, config_in, measured, rows, write_csv
from tests.test_portal_measures import QUIET, event, values, write_people, write_portal

MEASURE = "created_weeks_share"
SILENT = "0920003D"  # its portal tells who comes and what is opened, never what is created
STRUCTURES = {UAI: "S1", QUIET: "S2", SILENT: "S3"}


def test_a_week_counts_once_whatever_is_created_in_it_and_a_silent_school_has_no_zero(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    Town().write(config)
    write_people(config, {"p1": "e1", "p2": "e2", "t1": "e3", "r1": "e4", "q1": "e5"})
    write_csv(config.raw_dir / "structures.csv", [{"structure_id": "S1", "uai": UAI}, {"structure_id": "S2", "uai": QUIET}])
    # three school weeks; two creations in the first, one on the Saturday of the second; the other pupil opens, and creates nothing
    created = [event("e1", "Student", f"2025-10-{instant}:00", "CREATE", "Blog") for instant in ("02T08:00", "02T08:10", "11T09:00")]
    opened = [event("e2", "Student", "2025-10-14T08:00:00", "ACCESS", "Blog"), event("e3", "Teacher", "2025-10-17T08:00:00")]
    elsewhere = {**event("e5", "Student", "2025-10-07T08:00:00", "ACCESS", "Blog"), "structures": ["S2"]}
    write_portal(config, [*created, *opened, elsewhere])
    measured(config)
    assert values(config, MEASURE, "profile") == {"student": (2, 2, 6), "teacher": (1, 0, 3)}
    assert values(config, MEASURE, "profile", QUIET) == {}
    assert values(config, MEASURE, "profile", ANYWHERE) == {"student": (2, 2, 6), "teacher": (1, 0, 3), "relative": (1, 0, 3)}


MOODLE = """Time,User full name,Affected user,Event context,Component,Event name,Description,Origin,IP address
"2/10/25, 08:30",A,-,Cours,Système,Module de cours créé,The user with id '7' created the 'quiz' activity.,web,192.0.2.1
"14/10/25, 08:30",A,-,Cours,Système,Cours consulté,The user with id '7' viewed the course with id '3'.,web,192.0.2.1
"""
XAPI = """{"actor": {"account": {"homePage": "https://p.example", "name": "x1"}}, "verb": {"id": "http://activitystrea.ms/schema/1.0/create"},
"object": {"id": "https://p.example/1"}, "timestamp": "2025-10-02T08:30:00Z"}"""


def test_formats_that_have_no_word_for_creation_give_no_figure(tmp_path: Path) -> None:
    """Moodle names its events in the language of the site, and xAPI leaves the verbs to whoever writes them: nothing is guessed."""
    config = config_in(tmp_path)
    Town(pupils=2).write(config)
    known = [("p1", "moodle", "7"), ("p2", "xapi", "https://p.example|x1")]
    write_csv(config.raw_dir / "identifiers.csv", [{"person_id": p, "system": s, "identifier": i} for p, s, i in known])
    (config.raw_dir / "logs.csv").write_text(MOODLE, encoding="utf-8")
    (config.raw_dir / "statements.json").write_text(f"[{XAPI}]", encoding="utf-8")
    measured(config)
    assert values(config, "accounts_active_share", "profile")["student"] == (2, 2, 2)
    assert not rows(config, f"SELECT 1 FROM measures.\"values\" WHERE measure = '{MEASURE}'")


def random_stays(chance: random.Random) -> list[Stay]:
    """Pupils of whom a few move in the middle of a week, teachers, and parents in no list, one of whom never comes."""
    stays = list[Stay]()
    for number in range(14):
        school, person = chance.choice(list(STRUCTURES)), f"p{number}"
        last = date(2025, 9, 1) + timedelta(chance.randrange(20, 70)) if number < 5 else date(9999, 12, 31)
        stays.append(Stay(person, "student", school, date(2025, 9, 1), last))
        if number < 4:
            stays.append(Stay(person, "student", chance.choice([s for s in STRUCTURES if s != school]), last + timedelta(1)))
    stays += [Stay(f"t{i}", "teacher", school, date(2025, 9, 1)) for i, school in enumerate(STRUCTURES)]
    stays += [Stay(f"r{i}", "relative", school, is_listed=False) for i, school in enumerate(STRUCTURES)]
    return [*stays, Stay("r9", "relative", ANYWHERE, is_listed=False)]


def random_deeds(stays: list[Stay], chance: random.Random) -> list[Deed]:
    """At all hours for those who stay: one before and one after midnight in Paris are of two days; the silent school creates nothing."""
    deeds, moving = list[Deed](), {stay.person for stay in stays if stay.last.year == 2025}
    for stay in [stay for stay in stays if stay.school != ANYWHERE]:
        first, last = max(stay.first, date(2025, 9, 4)), min(stay.last, date(2025, 11, 21))
        for day in (first + timedelta(n) for n in range((last - first).days + 1)):
            if chance.random() < 0.15:
                hour = 10 if stay.person in moving else chance.choice((9, 21, 22, 23))
                at = datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC)
                deeds.append(Deed(stay.person, stay.school, at, stay.school != SILENT and chance.random() < 0.3))
    return deeds


def write(config: Config, stays: list[Stay], deeds: list[Deed], with_account: set[str]) -> None:
    raw = Town().write(config)
    common = {"school_year": "2025-2026", "name": "École", "zone": "C", "week_pattern": "4", "bells": "08:30-11:30,13:30-16:30"}
    write_csv(raw / "schools.csv", [{"uai": uai, **common} for uai in STRUCTURES])
    write_csv(raw / "structures.csv", [{"structure_id": s, "uai": uai} for uai, s in STRUCTURES.items()])
    write_csv(raw / "classes.csv", [{"class_id": f"k{u}", "uai": u, "school_year": "2025-2026", "levels": "CE1"} for u in STRUCTURES])
    profiles = {stay.person: stay.profile for stay in stays}
    write_csv(raw / "people.csv", [{"person_id": person, "profile": profile} for person, profile in profiles.items()])
    seats = [(s, {"person_id": s.person, "class_id": f"k{s.school}", "uai": s.school}) for s in stays if s.is_listed]
    spans = [{"from_date": s.first.isoformat(), "to_date": s.last.isoformat() if s.last.year == 2025 else ""} for s, _ in seats]
    levels = [{"level": "CE1" if s.profile == "student" else ""} for s, _ in seats]
    write_csv(raw / "enrolments.csv", [seat | level | span for (_, seat), level, span in zip(seats, levels, spans, strict=True)])
    write_csv(raw / "identifiers.csv", [{"person_id": p, "system": "ent", "identifier": f"e-{p}"} for p in sorted(with_account)])
    written = [_event(deed, profiles[deed.person]) for deed in deeds]
    write_portal(config, written)


def _event(deed: Deed, profile: str) -> dict:
    kind = "CREATE" if deed.is_creation else "ACCESS"
    instant = deed.at.replace(tzinfo=None).isoformat()
    return {**event(f"e-{deed.person}", profile.capitalize(), instant, kind, "Blog"), "structures": [STRUCTURES[deed.school]]}


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow), pytest.param(3, marks=pytest.mark.slow)])
def test_random_towns_against_plain_python(seed: int, tmp_path: Path) -> None:
    chance, config = random.Random(seed), config_in(tmp_path)
    stays = random_stays(chance)
    # one pupil has no account, and does not come
    with_account = {stay.person for stay in stays} - {"p13"}
    deeds = [deed for deed in random_deeds(stays, chance) if deed.person in with_account]
    write(config, stays, deeds, with_account)
    measured(config)
    calendar = rows(config, "SELECT uai, local_date FROM marts.school_day WHERE is_school_day")
    terms = rows(config, "SELECT uai, period, from_date, to_date FROM marts.period")
    portal = Portal(
        stays,
        deeds,
        with_account,
        {uai: {day for u, day in calendar if u == uai} for uai in STRUCTURES},
        {(uai, period): (first, last) for uai, period, first, last in terms},
    )
    query = f"SELECT uai, period, category, n, numerator, denominator FROM measures.\"values\" WHERE measure = '{MEASURE}'"
    found = {row[:3]: row[3:] for row in rows(config, query)}
    expected = created_weeks(portal)
    assert {uai for uai, *_ in found} == {UAI, QUIET, ANYWHERE}
    assert found == expected
