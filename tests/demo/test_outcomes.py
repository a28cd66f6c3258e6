"""The results of the demonstration: who sat the tests, and what is planted is what the model finds."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from analysis.demo.behaviour import build_bouts
from analysis.demo.clock import day_number, iso, stream
from analysis.demo.devices import build_fleet
from analysis.demo.outcomes import DOMAINS, FIRST_TEST, SECOND_TEST, Domain, pupils_with_minutes, scores
from analysis.demo.people import build_people
from analysis.demo.plans import school_plans
from analysis.statistics.value_added import ValueAdded, value_added
from tests.demo.conftest import Demo
from tests.demo.reading import rows_of

SEED = 2025
TOWNS = 400
FIRST, LAST = day_number(date(2025, 9, 1)), day_number(date(2025, 12, 19))


def test_both_tests_are_there_for_nearly_all_who_were_enrolled(demo: Demo) -> None:
    rows = rows_of(demo.raw / "rosters/assessments.csv")
    enrolled = [row for row in rows_of(demo.raw / "rosters/enrolments.csv") if row["from_date"] <= iso(SECOND_TEST)]
    children = {row["person_id"] for row in rows_of(demo.raw / "rosters/people.csv", ";") if row["profile"] == "student"}
    pupils = {row["person_id"] for row in enrolled if not row["to_date"] or row["to_date"] >= iso(FIRST_TEST)} & children
    assert {row["person_id"] for row in rows} <= pupils
    for domain in DOMAINS:
        for day in (FIRST_TEST, SECOND_TEST):
            sat = [row for row in rows if row["domain"] == domain.name and row["taken_on"] == iso(day)]
            assert 0.9 * len(pupils) < len(sat) <= len(pupils)
            assert all(0 <= int(row["score"]) <= 100 and row["scale"] == "0-100" for row in sat)


@pytest.mark.slow
@pytest.mark.parametrize("domain", DOMAINS, ids=lambda domain: domain.name)
def test_what_is_planted_inside_classes_is_found(domain: Domain) -> None:
    """The town stays, its results are drawn again: no bias, and the interval holds what was planted, also where that is nought."""
    pupils = measured_pupils()
    found = [slope(pupils, domain, stream(SEED, f"town {number}")) for number in range(TOWNS)]
    values, lows, highs, planted = np.array(found).T
    held = float(((lows <= planted) & (planted <= highs)).mean())
    assert 0.93 <= held <= 0.97
    error = (values - planted).std() / np.sqrt(TOWNS)
    assert abs((values - planted).mean()) < 3 * error
    if not domain.within:
        assert 0.03 <= float(((lows > 0) | (highs < 0)).mean()) <= 0.07


def measured_pupils() -> pl.DataFrame:
    """The pupils of a town of 600 who hold a tablet, with their minutes and levels."""
    people = build_people(school_plans(600), SEED)
    bouts = build_bouts(people, build_fleet(people, SEED), FIRST, LAST, SEED)
    levels = people.enrolments.group_by("person").agg(pl.col("level").first())
    return pupils_with_minutes(people, bouts, FIRST, LAST).join(levels, on="person").filter(pl.col("minutes").is_not_null()).sort("person")


def slope(pupils: pl.DataFrame, domain: Domain, chance: np.random.Generator) -> tuple[float, float, float, float]:
    """The slope inside classes with its interval, and what was planted, all in standard deviations of the result at its level."""
    prior, later = scores(pupils, domain, chance)
    labels = {name: pupils[name].to_list() for name in ("class_", "school", "level", "ips")}
    found = value_added(later, prior, pupils["minutes"].to_numpy(), labels["class_"], labels["school"], labels["level"], labels["ips"])
    assert isinstance(found, ValueAdded)
    estimate = found.within.estimate  # type: ignore[union-attr]
    spread = np.mean([later[np.array(labels["level"]) == level].std(ddof=1) for level in set(labels["level"])])
    assert estimate.value is not None and estimate.low is not None and estimate.high is not None
    return estimate.value, estimate.low, estimate.high, domain.within / float(spread)
