"""The door to the whole territory: what it copies, in which order, and what it says of a wrong period."""

import math
from dataclasses import replace
from pathlib import Path
from statistics import fmean, pstdev
from typing import Any

import duckdb
import pytest

from analysis.errors import UserError
from analysis.reports.school import School
from analysis.reports.territory import Territory, in_neutral_order, open_territory
from tests import published as p
from tests.reports.values import school


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(p.write(tmp_path_factory.mktemp("published") / "figures.duckdb"))


@pytest.fixture(scope="module")
def territory(published: str) -> Territory:
    return open_territory(p.PERIOD, "fr", published)


def test_the_whole_is_a_school_of_its_own(territory: Territory) -> None:
    whole = territory.whole
    assert (whole.uai, whole.name, whole.evidence, whole.is_invented) == (p.TERRITORY, p.TOWN, "foreground", True)
    assert whole.facts["pupils"] == sum(kind.pupils for kind in p.KINDS.values())
    value = whole.value("minutes_per_pupil_day")
    assert value is not None
    assert value.amount == 9


def test_every_school_is_there_once_and_the_territory_is_none_of_them(territory: Territory) -> None:
    assert sorted(each.uai for each in territory.schools) == sorted(p.NAMES)


def test_what_arrived_has_its_title_in_the_language(published: str, territory: Territory) -> None:
    assert {row["title"] for row in territory.arrivals} == {p.TITLES[1]}
    assert {row["title"] for row in open_territory(p.PERIOD, "en", published).arrivals} == {p.TITLES[0]}
    assert sum(int(str(row["rows_set_aside"])) for row in territory.arrivals) == sum(rows for *_, rows in p.SET_ASIDE)
    assert [row["devices"] for row in territory.unplaced] == [3]
    assert [row["kind"] for row in territory.clock_errors] == ["before_data"]


def test_nothing_withheld_and_no_connection_is_held(territory: Territory) -> None:
    assert str(p.SECRET) not in repr(territory)
    assert not any(isinstance(held, duckdb.DuckDBPyConnection) for held in vars(territory).values())


def test_the_database_is_free_again(published: str, territory: Territory) -> None:
    with duckdb.connect(published) as database:
        assert database.execute("SELECT 1").fetchall() == [(1,)]


def test_by_default_the_latest_trimester(published: str) -> None:
    assert open_territory(published=published).whole.period["period"] == p.PERIOD


def test_an_unknown_period_is_told_the_valid_ones(published: str) -> None:
    with pytest.raises(UserError, match="2025-T1"):
        open_territory("2031-T1", "fr", published)


def test_without_published_tables_the_next_step_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cartable build"):
        open_territory(published=str(tmp_path / "none.duckdb"))


def named(name: str, ips: float | None, pupils: int) -> School:
    facts: dict[str, Any] = {"uai": name, "name": name, "ips": ips, "pupils": pupils}
    return replace(school(), facts=facts)


def names(schools: tuple[School, ...]) -> list[str]:
    return [each.name for each in schools]


def test_the_chain_goes_to_the_nearest_that_is_left() -> None:
    """One size: only the IPS counts. From A at 100: C (104), then E (109), then back to D (95), B (80)."""
    schools = [named("A", 100, 200), named("B", 80, 200), named("C", 104, 200), named("D", 95, 200), named("E", 109, 200)]
    assert names(in_neutral_order(schools)) == ["A", "C", "E", "D", "B"]


def test_the_chain_is_that_of_a_plain_second_count() -> None:
    schools = [named(chr(65 + i), 80 + (37 * i) % 50, 60 + (91 * i) % 300) for i in range(12)]
    ips, sizes = ([float(str(s.facts[key])) for s in schools] for key in ("ips", "pupils"))
    logs = [math.log(size) for size in sizes]
    at = {s.name: (a / pstdev(ips), b / pstdev(logs)) for s, a, b in zip(schools, ips, logs, strict=True)}
    left, chain = sorted(at), ["A"]
    while len(chain) < len(schools):
        left.remove(chain[-1])
        chain.append(min(left, key=lambda name: (math.dist(at[chain[-1]], at[name]), name)))
    assert fmean(ips) > 0
    assert names(in_neutral_order(schools[::-1])) == chain


def test_a_school_without_ips_stands_beside_its_size() -> None:
    schools = [named("A", 100, 400), named("B", 130, 50), named("C", 70, 390), named("D", None, 395)]
    assert names(in_neutral_order(schools)) == ["A", "D", "C", "B"]


@pytest.mark.parametrize("schools", [[], [named("A", None, 0)], [named("B", 100, 5), named("A", 100, 5)]])
def test_few_or_equal_schools_have_an_order_too(schools: list[School]) -> None:
    assert names(in_neutral_order(schools)) == sorted(each.name for each in schools)
