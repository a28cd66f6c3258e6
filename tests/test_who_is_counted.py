"""What goes with each figure for the disclosure gate: who is counted, the part of the largest, how many clusters; worked out by hand.

September 2025: Ana (p1) makes 90 of the 100 minutes of school days, Bob (p2) the other 10. p6 moves from HERE to THERE on 6 October.
"""

import base64
from datetime import date
from functools import reduce
from operator import xor
from pathlib import Path

import polars as pl
import pytest

from analysis.config import Config
from analysis.measures import load_measures
from analysis.pseudonyms import load_pseudonyms
from analysis.statistics import concentration, gaps, survival
from tests.class_town import SCHOOL_DAYS
from tests.conftest import DemoTown
from tests.fleet_town import HERE, THERE, Fleet, Loan, Seat, built, october
from tests.hand_made import Town, config_in, frame, measured, rows
from tests.test_portal_measures import UAI, event, write_people, write_portal

SEPTEMBER, OCTOBER = "2025-09", "2025-10"
TUESDAY, WEDNESDAY = date(2025, 9, 9), date(2025, 9, 10)  # with school, without
EVENING = 17


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Config:
    rooms = {"p1": "k1", "p2": "k1", "p3": "k2", "p4": "k3"}
    seats = [*(Seat(p, 1, room) for p, room in rooms.items()), Seat("p5", 2, "k9")]
    seats += [Seat("p6", 1, "k1", last=date(2025, 10, 5)), Seat("p6", 2, "k9", first=date(2025, 10, 6))]
    people = [f"p{i}" for i in range(1, 7)]
    fleet = Fleet(seats, [Loan(p.replace("p", "d"), p, take_home="true") for p in people])
    fleet.loans += [Loan(device, "k2", kind="shared") for device in ("s1", "s2")]
    fleet.sexes = {"p1": "F", "p2": "F", "p6": "F", "p3": "M", "p4": "M", "p5": "M"}
    fleet.hear([loan.device for loan in fleet.loans], SCHOOL_DAYS)
    fleet.use("d1", 85, TUESDAY, hour=EVENING).use("d1", 5, TUESDAY, hour=20, app="z")
    fleet.use("d2", 5, TUESDAY).use("d2", 5, TUESDAY, hour=EVENING, app="z")
    fleet.use("d1", 30, WEDNESDAY).use("d2", 10, WEDNESDAY)
    fleet.use("s1", 30, TUESDAY).use("s2", 10, TUESDAY)
    fleet.use("d1", 100, *october(3)).use("d6", 50, *october(3, 9))
    return built(tmp_path_factory.mktemp("who"), fleet)


def given(config: Config, column: str, measure: str, period: str, uai: str = HERE, breakdown: str = "all") -> dict[str, object]:
    """Category -> what stands in the column."""
    where = f"measure = '{measure}' AND period = '{period}' AND uai = '{uai}' AND breakdown = '{breakdown}' AND n > 0"
    return dict(rows(config, f'SELECT category, "{column}" FROM measures."values" WHERE {where}'))


def fingerprint(config: Config, people: list[str]) -> int:
    """The same in plain Python: of each pseudonym's last 12 characters (9 bytes) the last 8 bytes, all of them put together by XOR."""
    keys = [load_pseudonyms(config).of("person", person) for person in people]
    return reduce(xor, (int.from_bytes(base64.b64decode(key[-12:])[1:]) for key in keys))


@pytest.mark.parametrize("measure", ["minutes_per_pupil_day", "regular_share", "equipped_share", "coverage", "days_to_first_use_median"])
def test_the_same_persons_have_the_same_fingerprint_whatever_is_measured(town: Config, measure: str) -> None:
    assert given(town, "population", measure, SEPTEMBER)["all"] == fingerprint(town, ["p1", "p2", "p3", "p4", "p6"])


def test_one_person_fewer_gives_another_fingerprint(town: Config) -> None:
    november = given(town, "population", "equipped_share", "2025-2026", THERE)["all"]
    assert november == fingerprint(town, ["p5", "p6"]) != fingerprint(town, ["p5"])
    assert given(town, "population", "equipped_share", SEPTEMBER, THERE)["all"] == fingerprint(town, ["p5"])


def test_who_moves_counts_once_in_the_territory_and_so_in_its_fingerprint(town: Config) -> None:
    everybody = fingerprint(town, ["p1", "p2", "p3", "p4", "p5", "p6"])
    for measure in ("minutes_per_pupil_day", "equipped_share", "gini_minutes"):
        assert given(town, "population", measure, OCTOBER, "territory")["all"] == everybody


def test_groups_and_shared_tablets_have_the_fingerprint_of_their_pupils(town: Config) -> None:
    girls, boys = fingerprint(town, ["p1", "p2", "p6"]), fingerprint(town, ["p3", "p4"])
    assert given(town, "population", "regular_share", SEPTEMBER, breakdown="sex") == {"F": girls, "M": boys}
    assert given(town, "population", "minutes_per_device_day", SEPTEMBER)["all"] == fingerprint(town, ["p3"])
    assert given(town, "population", "dormant_14_share", OCTOBER, breakdown="kind")["shared"] == fingerprint(town, ["p3"])


@pytest.mark.parametrize(
    ("measure", "breakdown", "category", "largest"),
    [
        ("minutes_per_pupil_day", "all", "all", 0.9),
        ("minutes_per_pupil_day", "sex", "F", 0.9),
        ("share_minutes_in_school", "all", "all", 1.0),  # all of the 5 minutes in class are Bob's
        ("home_minutes_per_pupil_day", "all", "all", 90 / 95),
        ("minutes_per_day_off", "all", "all", 0.75),
        ("share_app_minutes", "app_category", "lecture", 85 / 90),  # of the numerator; Ana has 0.9 of the denominator
        ("share_app_minutes", "app_category", "autre", 0.9),  # half of the numerator, 0.9 of the denominator
        ("minutes_per_device_day", "all", "all", 0.75),  # of a tablet: 30 of 40 minutes
        ("share_pupil_days_used", "all", "all", None),
        ("regular_share", "all", "all", None),
        ("median_minutes_active_day", "all", "all", None),
        ("gini_minutes", "all", "all", None),
    ],
)
def test_largest_is_the_part_of_one_alone_in_a_sum(
    town: Config, measure: str, breakdown: str, category: str, largest: float | None
) -> None:
    found = given(town, "largest", measure, SEPTEMBER, breakdown=breakdown)[category]
    assert found == (largest if largest is None else pytest.approx(largest))


def test_a_sum_of_nothing_has_no_largest_part(town: Config) -> None:
    assert given(town, "largest", "minutes_per_pupil_day", SEPTEMBER, breakdown="sex")["M"] is None


def test_what_one_pupil_makes_in_two_schools_is_one_part_of_the_territory(town: Config) -> None:
    assert given(town, "largest", "minutes_per_pupil_day", OCTOBER)["all"] == pytest.approx(100 / 150)
    assert given(town, "largest", "minutes_per_pupil_day", OCTOBER, THERE)["all"] == 1
    # p6 made 50 here and 50 there, of 200: as much as p1
    assert given(town, "largest", "minutes_per_pupil_day", OCTOBER, "territory")["all"] == pytest.approx(0.5)


def test_clusters_are_classes_of_a_school_and_schools_of_the_territory(town: Config) -> None:
    for measure, breakdown, category in (("minutes_per_pupil_day", "all", "all"), ("started_share", "within", "10")):
        found = [given(town, "clusters", measure, SEPTEMBER, uai, breakdown)[category] for uai in (HERE, THERE, "territory")]
        assert found == [3, 1, 2]
    assert given(town, "clusters", "minutes_per_pupil_day", SEPTEMBER, breakdown="sex") == {"F": 1, "M": 2}
    assert given(town, "clusters", "regular_share", SEPTEMBER) == {"all": None}


def test_an_interval_rests_on_the_clusters_that_it_compares() -> None:
    # the third class has no boy to compare its girl with
    amounts, rooms, girls = [2, 1, 6, 3, 9], ["a", "a", "b", "b", "c"], [True, False, True, False, True]
    assert gaps.within_clusters(amounts, rooms, girls).clusters == 2
    assert gaps.within_clusters(amounts, rooms, girls, ["s", "s", "s", "s", "t"]).clusters == 1
    # class b is on both sides, which answers another question
    assert gaps.between_clusters([1, 2, 3, 4, 5], ["a", "b", "b", "c", "d"], [True, True, False, False, False]).clusters == 3
    assert gaps.change([1, 2, 3], [2, 3, 5], ["a", "b", "c"]).clusters == 3
    for index in (concentration.slope_index, concentration.concentration_index):
        assert index([1, 2, 4, 7, 11], [80, 90, 100, 110, 120]).clusters == 5
    assert survival.median_days([1, 2, 3, 4], [True] * 4, ["a", "a", "b", "c"]).clusters == 3
    assert survival.started_share([1, 2, 3, 4], [True] * 4, ["a", "a", "b", "c"], 2).clusters == 3
    assert gaps.within_clusters([1, 2], ["a", "b"], [True, False]).clusters is None


def test_visits_openings_and_creations_have_a_largest_part(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    Town().write(config)
    write_people(config, {"p1": "e1", "p2": "e2", "t1": "e3", "r1": "e4"})
    day = "2025-10-02T08:0"
    events = [event("e1", "Student", f"2025-10-{n:02}T08:00:00") for n in (2, 3, 6)] + [event("e2", "Student", "2025-10-02T08:00:00")]
    events += [event("e1", "Student", f"{day}{m}:00", "ACCESS", "Blog") for m in (1, 2, 3)]
    events += [event("e2", "Student", f"{day}{m}:00", "ACCESS", "Homeworks") for m in (1, 2)]
    events += [event("e1", "Student", f"{day}4:00", "ACCESS", "Homeworks"), event("e2", "Student", f"{day}5:00", "CREATE", "Blog")]
    events += [event("e2", "Student", f"2025-10-07T18:00:{s:02}", "LOGIN", "app-mobile") for s in (1, 2)]
    write_portal(config, events)
    measured(config)
    found = {m: given(config, "largest", m, OCTOBER, UAI) for m in ("visits_per_visitor", "created_share", "app_login_share")}
    # e1 comes three times, e2 twice
    assert found["visits_per_visitor"]["all"] == pytest.approx(3 / 5)
    # the one creation is e2's; of 7 openings and creations e1 has 4
    assert found["created_share"]["all"] == 1
    # both log-ins through the app are e2's
    assert found["app_login_share"]["all"] == 1
    # Blog is opened by e1 alone; of Homeworks e2 has two of three, of all openings e1 has four of six
    modules = given(config, "largest", "module_share", OCTOBER, UAI, "module")
    assert modules == {"Blog": 1, "Homeworks": pytest.approx(2 / 3)}
    assert given(config, "population", "visits_per_visitor", OCTOBER, UAI)["all"] == fingerprint(config, ["p1", "p2"])


def test_every_figure_of_the_demonstration_says_who_is_counted(demo_town: DemoTown) -> None:
    figures = frame(demo_town.config, 'SELECT measure, n, population FROM measures."values" WHERE n > 0')
    assert figures["measure"].n_unique() > 50
    assert figures["population"].null_count() == 0
    # the same persons are as many, whatever is said of them
    sizes = figures.group_by("population").agg(pl.col("n").n_unique())
    assert sizes.filter(pl.col("n") > 1).is_empty()


def test_parts_and_clusters_stand_where_there_is_a_sum_or_an_interval(demo_town: DemoTown) -> None:
    figures = frame(demo_town.config, 'SELECT measure, low, largest, clusters FROM measures."values"')
    assert figures["largest"].drop_nulls().is_between(0, 1).all()
    assert figures.filter(pl.col("low").is_not_null() & (pl.col("clusters").fill_null(0) < 2)).is_empty()
    headers = {name: measure.header for name, measure in load_measures().items()}
    with_interval = {name for name, header in headers.items() if "interval" in header} - {"adoption_change"}  # wants a protocol
    assert set(figures.drop_nulls("clusters")["measure"]) == with_interval
