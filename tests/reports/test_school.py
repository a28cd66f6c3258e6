"""The door of the reports: what it lets through, and what it says of a wrong school or period."""

from pathlib import Path

import duckdb
import pytest

from analysis.errors import UserError
from analysis.reports.school import EVIDENCE, School, open_school
from tests import published as p


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(p.write(tmp_path_factory.mktemp("published") / "figures.duckdb"))


@pytest.fixture
def android(published: str) -> School:
    return open_school(p.ANDROID, p.PERIOD, "fr", published)


def test_a_value_has_its_evidence_and_interval(android: School) -> None:
    value = android.value("minutes_per_pupil_day")
    assert value is not None
    assert (value.amount, value.interval, value.n, value.evidence) == (9.0, (7.8, 10.1), 287, "foreground")


def test_a_value_that_does_not_exist_is_none(android: School) -> None:
    assert android.value("minutes_per_pupil_day", evidence="active") is None
    assert android.value("no_such_measure") is None


def test_a_withheld_value_keeps_nothing_but_its_reason(android: School) -> None:
    value = android.value("minutes_per_pupil_day", "level", "CE2")
    assert value is not None
    assert (value.value, value.low, value.high, value.n, value.denominator, value.reason) == (None,) * 5 + ("small",)
    with pytest.raises(ValueError, match="withheld"):
        _ = value.amount


def test_nothing_of_a_school_object_holds_a_withheld_number_or_a_connection(android: School) -> None:
    assert str(p.SECRET) not in repr(android)
    assert not any(isinstance(held, duckdb.DuckDBPyConnection) for held in vars(android).values())


def test_the_database_is_free_again(published: str, android: School) -> None:
    with duckdb.connect(published) as database:  # a writer needs that no reader of this process is left
        assert database.execute("SELECT 1").fetchall() == [(1,)]


@pytest.mark.parametrize(
    ("measure", "breakdown", "expected"),
    [
        ("minutes_per_pupil_day", "level", ["CP", "CE1", "CE2", "CM1", "CM2"]),
        ("minutes_per_pupil_day", "weekday", ["1", "2", "4", "5"]),
        ("portal_median_minutes_active_day", "gap", ["10", "15", "30", "60"]),
        ("share_app_minutes", "app_category", ["calcul", "création", "dictionnaire", "lecture", "musique", "autre"]),
        ("median_minutes_active_day", "week", [week.isoformat() for week in p.WEEKS]),
        ("minutes_per_pupil_day", "nothing", []),
    ],
)
def test_a_series_stands_in_its_natural_order(android: School, measure: str, breakdown: str, expected: list[str]) -> None:
    assert [category for category, _ in android.series(measure, breakdown)] == expected


@pytest.mark.parametrize(
    ("uai", "evidence", "has_individual", "has_shared"),
    [
        (p.ANDROID, "foreground", True, True),
        (p.CHROMEBOOK, "active", True, False),
        (p.IPAD, "checkin", True, False),
        (p.TROLLEYS, "", False, True),
        (p.EMPTY, "", False, False),
    ],
)
def test_facts_of_each_kind(published: str, uai: str, evidence: str, has_individual: bool, has_shared: bool) -> None:
    school = open_school(uai, p.PERIOD, "fr", published)
    assert (school.name, school.evidence, school.has_individual, school.has_shared) == (p.NAMES[uai], evidence, has_individual, has_shared)
    assert school.is_invented
    assert school.threshold == 11


@pytest.mark.parametrize(
    ("period", "lang", "expected"),
    [
        ("2025-10", "fr", "octobre 2025"),
        ("2025-10", "en", "October 2025"),
        ("2025-T1", "fr", "1er trimestre 2025-2026 (septembre à décembre 2025)"),
        ("2025-T1", "en", "1st term 2025-2026 (September to December 2025)"),
        ("2025-P2", "fr", "2e période 2025-2026 (3 novembre au 19 décembre 2025)"),
        ("2025-2026", "fr", "année scolaire 2025-2026 (septembre 2025 à juillet 2026)"),
    ],
)
def test_a_period_is_called_as_people_call_it(published: str, period: str, lang: str, expected: str) -> None:
    assert open_school(p.ANDROID, period, lang, published).period_label.replace("\u00a0", " ") == expected


def test_by_default_the_first_school_by_name_and_the_latest_trimester_with_data(published: str) -> None:
    school = open_school(published=published)
    assert school.name == min(p.NAMES.values())
    assert open_school(p.ANDROID, published=published).period["period"] == p.PERIOD


def test_an_unknown_school_is_told_the_valid_ones(published: str) -> None:
    with pytest.raises(UserError) as caught:
        open_school("0999999Z", p.PERIOD, "fr", published)
    assert p.ANDROID in str(caught.value)
    assert "0999999Z" not in str(caught.value)
    assert p.TOWN not in str(caught.value)


def test_the_territory_is_no_school(published: str) -> None:
    with pytest.raises(UserError, match="no school with the UAI asked for"):
        open_school(p.TERRITORY, p.PERIOD, "fr", published)


def test_an_unknown_period_is_told_the_valid_ones(published: str) -> None:
    with pytest.raises(UserError, match="2025-T1"):
        open_school(p.ANDROID, "2019-T1", "fr", published)


def test_missing_published_tables_say_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cartable build"):
        open_school(published=str(tmp_path / "none.duckdb"))


def test_evidence_goes_from_best_to_none() -> None:
    assert EVIDENCE == ("foreground", "active", "estimated", "network", "checkin", "")
