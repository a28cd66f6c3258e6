"""Accounts, visits and deeds on the portal: a town worked out by hand, and random ones against sets in plain Python."""

import json
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from analysis.config import Config
from tests.hand_made import UAI, Town, config_in, measured, rows, write_csv

QUIET = "0920002C"  # a second school, of which no portal sends anything
PERIOD = "2025-10"  # classes on 2, 3, 6, 7, 9, 10, (13), 14, 16, 17 October: three school weeks


def event(person: str, profile: str, instant: str, kind: str = "LOGIN", module: str = "Auth") -> dict:
    stamp = int(datetime.fromisoformat(instant).replace(tzinfo=UTC).timestamp() * 1000)
    return {"event-type": kind, "module": module, "date": stamp, "userId": person, "profil": profile, "structures": ["S1"]}


def write_portal(config: Config, events: list[dict]) -> None:
    (config.raw_dir / "ent.ndjson").write_text("\n".join(map(json.dumps, events)) + "\n", encoding="utf-8")


def write_people(config: Config, identified: dict[str, str]) -> None:
    """Two pupils, a teacher, two parents of school UAI; one pupil of the school without a portal."""
    raw = config.raw_dir
    profiles = {"p1": "student", "p2": "student", "t1": "teacher", "r1": "relative", "r2": "relative", "q1": "student"}
    write_csv(raw / "people.csv", [{"person_id": key, "profile": profile} for key, profile in profiles.items()])
    school = {"school_year": "2025-2026", "name": "École", "zone": "C", "week_pattern": "4", "bells": "08:30-11:30,13:30-16:30"}
    write_csv(raw / "schools.csv", [{"uai": UAI, **school}, {"uai": QUIET, **school}])
    classes = [{"class_id": "k1", "uai": UAI, "school_year": "2025-2026"}, {"class_id": "k2", "uai": QUIET, "school_year": "2025-2026"}]
    write_csv(raw / "classes.csv", [{**each, "levels": "CE1"} for each in classes])
    seats = [("p1", "k1", UAI), ("p2", "k1", UAI), ("t1", "k1", UAI), ("q1", "k2", QUIET)]
    write_csv(
        raw / "enrolments.csv",
        [{"person_id": p, "class_id": k, "uai": u, "level": "CE1" if p != "t1" else "", "from_date": "2025-09-01"} for p, k, u in seats],
    )
    write_csv(raw / "structures.csv", [{"structure_id": "S1", "uai": UAI}])
    write_csv(raw / "identifiers.csv", [{"person_id": p, "system": "ent", "identifier": i} for p, i in identified.items()])
    write_csv(raw / "closures.csv", [{"uai": UAI, "from_date": "2025-10-13", "to_date": "2025-10-13", "reason": "neige"}])


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    made = config_in(tmp_path_factory.mktemp("portal"))
    Town().write(made)
    write_people(made, {"p1": "e1", "p2": "e2", "t1": "e3", "r1": "e4"})
    visits = [("e1", "Student", day) for day in (2, 7, 13, 14)] + [("e3", "Teacher", day) for day in (4, 7, 14)] + [("e4", "Relative", 8)]
    events = [event(person, profile, f"2025-10-{day:02}T08:00:00") for person, profile, day in visits]
    events += [
        event("e1", "Student", "2025-10-02T08:01:00", "ACCESS", "Blog"),
        event("e1", "Student", "2025-10-02T08:02:00", "CREATE", "Blog"),
    ]
    events += [event("e1", "Student", f"2025-10-07T08:0{minute}:00", "ACCESS", "Homeworks") for minute in (1, 2, 3)]
    events += [event("e1", "Student", "2025-10-14T18:00:00", "LOGIN", "app-mobile")]
    write_portal(made, events)
    measured(made)
    return made


def values(config: Config, measure: str, breakdown: str, uai: str = UAI) -> dict[str, tuple[int, float, float]]:
    """Category: n, numerator, denominator."""
    found = rows(
        config,
        f"""SELECT category, n, numerator, denominator FROM measures."values"
        WHERE measure = '{measure}' AND breakdown = '{breakdown}' AND uai = '{uai}' AND period = '{PERIOD}'
            AND evidence IN ('estimated', '')""",
    )
    return {category: tuple(rest) for category, *rest in found}  # type: ignore[misc]


def test_accounts_loaded_activated_active_regular(config: Config) -> None:
    assert values(config, "accounts_loaded_share", "profile") == {"student": (2, 2, 2), "teacher": (1, 1, 1)}
    # the first pupil came in all three weeks; the teacher came in three weeks too, but once on a Saturday: two of three are under 75 %
    assert values(config, "accounts_activated_share", "profile") == {"student": (2, 1, 2), "teacher": (1, 1, 1)}
    assert values(config, "accounts_active_share", "profile") == {"student": (2, 1, 2), "teacher": (1, 1, 1)}
    assert values(config, "accounts_regular_share", "profile") == {"student": (2, 1, 2), "teacher": (1, 0, 1)}


def test_who_is_regular_is_active_in_the_same_period(tmp_path: Path) -> None:
    """One visit from Sunday 23:50 to Monday 00:10, when class resumes: on Monday it leaves a trace, and no visit of the period begins."""
    made = config_in(tmp_path)
    Town().write(made)
    seat = {"class_id": "k1", "uai": UAI, "level": "CE1", "from_date": "2025-09-01"}
    write_csv(
        made.raw_dir / "enrolments.csv", [{"person_id": p, **seat, "to_date": last} for p, last in (("p1", "2025-11-07"), ("p2", ""))]
    )
    write_csv(made.raw_dir / "structures.csv", [{"structure_id": "S1", "uai": UAI}])
    late = [event("p1", "Student", f"2025-11-02T{time}:00") for time in ("22:50", "23:10")]
    write_portal(made, [*late, event("p2", "Student", "2025-11-14T08:00:00")])
    measured(made)
    query = "SELECT is_active, is_regular FROM marts.portal_account WHERE period = '2025-P2' AND uai = '0920001B' AND weeks = 1"
    assert rows(made, query) == [(False, False)]


def test_a_parent_belongs_to_no_school_in_the_registers_and_counts_in_the_territory(config: Config) -> None:
    # the second parent has no account; the pupil of the silent school is not counted at all
    assert values(config, "accounts_active_share", "profile", "territory")["relative"] == (1, 1, 1)
    assert values(config, "accounts_active_share", "profile", "territory")["student"] == (2, 1, 2)


def test_a_school_without_portal_data_has_no_figures_rather_than_zeros(config: Config) -> None:
    for measure in ("accounts_active_share", "portal_share_pupil_days", "visit_frequency_share", "portal_closure_days_share"):
        assert not rows(config, f"SELECT 1 FROM measures.\"values\" WHERE measure = '{measure}' AND uai = '{QUIET}'")


def test_weekly_active(config: Config) -> None:
    # the mean of three weeks, in each of which one pupil of two comes
    assert values(config, "weekly_active_share", "all") == {"all": (2, 1.5, 3)}
    assert values(config, "weekly_active_share", "profile") == {"student": (2, 1.5, 3), "teacher": (1, 3, 3)}
    weeks = ("2025-09-29", "2025-10-06", "2025-10-13")
    assert values(config, "weekly_active_share", "week") == dict.fromkeys(weeks, (2, 1, 2))
    assert values(config, "weekly_active_share", "week_teacher") == dict.fromkeys(weeks, (1, 1, 1))
    relatives = values(config, "weekly_active_share", "week_relative", "territory")
    assert [relatives[week][1] for week in weeks] == [0, 1, 0]


def test_visits_and_their_frequency(config: Config) -> None:
    # 2, 7, 13 October and twice on the 14th
    assert values(config, "visits_per_visitor", "profile") == {"student": (1, 5, 1), "teacher": (1, 3, 1), "relative": (1, 1, 1)}
    shares = values(config, "visit_frequency_share", "frequency")
    assert shares == {"none": (2, 1, 2), "under_1": (2, 0, 2), "1_to_2": (2, 1, 2), "3_or_more": (2, 0, 2)}


def test_what_is_opened_created_and_through_which_door(config: Config) -> None:
    assert values(config, "created_share", "all") == {"all": (1, 1, 5)}
    assert values(config, "module_share", "module") == {"Blog": (1, 1, 4), "Homeworks": (1, 3, 4)}
    assert values(config, "app_login_share", "profile")["student"] == (1, 1, 5)


def test_visits_on_a_declared_closure(config: Config) -> None:
    assert values(config, "portal_closure_days_share", "all") == {"all": (2, 1, 2)}


def test_without_identifiers_nobody_knows_which_accounts_were_loaded(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    Town().write(config)
    write_people(config, {"p1": "e1"})
    (config.raw_dir / "identifiers.csv").unlink()
    write_portal(config, [event("p1", "Student", "2025-10-02T08:00:00")])
    measured(config)
    assert values(config, "accounts_loaded_share", "profile") == {}
    assert values(config, "accounts_activated_share", "profile")["student"] == (2, 1, 2)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2))])
def test_random_visits_against_plain_sets(seed: int, tmp_path: Path) -> None:
    drawn = random.Random(seed)
    config = config_in(tmp_path)
    Town(pupils=6).write(config)
    write_csv(config.raw_dir / "structures.csv", [{"structure_id": "S1", "uai": UAI}])
    first, last = date(2025, 10, 2), date(2025, 10, 17)
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    came = {f"p{i}": {day for day in days if drawn.random() < i / 8} for i in range(1, 7)}
    came["p6"] |= {first, last}  # the data reach from the first to the last day
    write_portal(config, [event(p, "Student", f"{day}T10:00:00") for p, when in came.items() for day in when])
    measured(config)
    school_days = [day for day in days if day.isoweekday() in (1, 2, 4, 5)]
    weeks = {day - timedelta(day.weekday()) for day in school_days}
    regular = {p for p, when in came.items() if len({d - timedelta(d.weekday()) for d in when & set(school_days)}) >= 0.75 * len(weeks)}
    active = {p for p, when in came.items() if when}
    assert values(config, "accounts_regular_share", "profile")["student"] == (6, len(regular), 6)
    assert values(config, "accounts_active_share", "profile")["student"] == (6, len(active), 6)
    pupil_weeks = sum(len({d - timedelta(d.weekday()) for d in when} & weeks) for when in came.values())
    assert values(config, "weekly_active_share", "all")["all"] == pytest.approx((6, pupil_weeks / 6, len(weeks)))
    assert values(config, "visits_per_visitor", "all")["all"][1] == sum(map(len, came.values()))
