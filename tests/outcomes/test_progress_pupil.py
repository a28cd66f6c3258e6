"""Which earlier result a pupil is compared at, and which minutes count: a town of three pupils, worked out by hand."""

from pathlib import Path

import pytest

from analysis.build import build
from analysis.config import Config
from tests.hand_made import Kept, Town, config_in, frame, rows, run, write_csv

TEST, SCALE = "Test de la ville", "0-20"
# p1 has two results and one in between, p2 none before, p3 one of the year before
RESULTS = [
    ("p1", "lecture", "2025-09-18", 8),
    ("p1", "lecture", "2025-10-02", 9),
    ("p1", "lecture", "2025-10-14", 12),
    ("p2", "lecture", "2025-10-14", 11),
    ("p3", "lecture", "2025-06-05", 7),
    ("p3", "lecture", "2025-10-14", 10),
    ("p1", "calcul", "2025-10-14", 5),
]
PROTOCOL = f"""registered_on = 2025-09-10
[primary]
test = "{TEST}"
domain = "lecture"
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    # tablets that tell of five days only: under the floor, their minutes would count in no outcome
    config = config_in(tmp_path_factory.mktemp("results"), coverage={"floor": 0.0})
    town = Town(pupils=3)
    # Thursday 18 September counts before the test, Monday 22 and Tuesday 14 October count, Wednesday is no school day, the 16th is after
    for day, end in (
        ("2025-09-18", "09:30"),
        ("2025-09-22", "09:12"),
        ("2025-09-24", "09:40"),
        ("2025-10-14", "09:08"),
        ("2025-10-16", "09:50"),
    ):
        town.app("d1", "a", f"{day}T09:00", f"{day}T{end}")
    raw = town.app("d3", "a", "2025-10-13T09:00", "2025-10-13T09:10").write(config)
    columns = ("person_id", "domain", "taken_on", "score")
    write_csv(raw / "assessments.csv", [{**dict(zip(columns, each, strict=True)), "test": TEST, "scale": SCALE} for each in RESULTS])
    run(config)
    return Kept(config)


def results(config: Config, domain: str = "lecture", period: str = "2025-10") -> list[tuple]:
    """Score, earlier score and its day, of each pupil in the order of scores."""
    asked = f"""SELECT DISTINCT score, prior_score, CAST(prior_taken_on AS VARCHAR), role FROM marts.progress_pupil
        WHERE domain = '{domain}' AND period = '{period}' ORDER BY score DESC"""
    return rows(config, asked)


def test_the_first_result_of_the_school_year_is_the_earlier_one(kept: Kept) -> None:
    assert results(kept.config) == [
        (12.0, 8.0, "2025-09-18", "exploratory"),
        (11.0, None, None, "exploratory"),
        (10.0, None, None, "exploratory"),
    ]
    assert results(kept.config, "calcul") == [(5.0, None, None, "exploratory")]


def test_minutes_are_those_of_school_days_between_the_tests(kept: Kept) -> None:
    school_days = rows(
        kept.config,
        "SELECT COUNT(*) FROM marts.school_day WHERE is_school_day AND local_date > '2025-09-18' AND local_date <= '2025-10-14'",
    )[0][0]
    found = frame(kept.config, "SELECT evidence, minutes FROM marts.progress_pupil WHERE score = 12 AND period = '2025-10'")
    assert school_days == 15  # three and a half weeks of four days, counted on a calendar
    assert found.to_dicts() == [{"evidence": "foreground", "minutes": pytest.approx((12 + 8) / school_days, abs=1e-6)}]


def test_a_period_with_the_first_test_alone_compares_nobody(kept: Kept) -> None:
    assert results(kept.config, period="2025-09") == [(8.0, None, None, "exploratory")]


def test_an_announced_outcome_takes_the_last_result_of_the_years_before_where_the_year_has_none(kept: Kept) -> None:
    config = kept.back()
    config.reference_dir.mkdir(exist_ok=True)
    (config.reference_dir / "protocol.toml").write_text(PROTOCOL, encoding="utf-8")
    build(config)
    assert results(config) == [(12.0, 8.0, "2025-09-18", "primary"), (11.0, None, None, "primary"), (10.0, 7.0, "2025-06-05", "primary")]
    assert results(config, "calcul") == [(5.0, None, None, "exploratory")]


def test_what_can_be_asked_of_three_pupils_is_refused_with_the_reason(kept: Kept) -> None:
    asked = "SELECT question, is_answered, reason FROM published.questions WHERE period = '2025-T1' ORDER BY position"
    assert rows(kept.config, asked) == [
        ("within", False, "too few classes"),
        ("between", False, "too few classes"),
        ("adoption", False, "no plan"),
        ("cause", False, "no assignment"),
    ]
    assert rows(kept.config, "SELECT COUNT(*) FROM published.\"values\" WHERE measure LIKE 'progress_%' AND value IS NOT NULL") == [(0,)]


def test_a_town_without_results_says_so(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    Town().app("d1", "a", "2025-10-06T09:00", "2025-10-06T09:10").write(config)
    run(config)
    assert rows(config, "SELECT DISTINCT reason FROM published.questions WHERE question IN ('within', 'between')") == [("no results",)]
