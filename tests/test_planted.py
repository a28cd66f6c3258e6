"""What is planted in the demonstration is found again by the measures, within their intervals, and stands in what is published.

The truth is formed here in plain polars from the days that the model says happened (`person_days`, `expected_days`), evidence by evidence:
its own summary in `effects.json` mixes tablets whose foreground is known with those whose activity is.
"""

import json
from datetime import date
from typing import NamedTuple

import polars as pl
import pytest

from tests.conftest import DemoTown
from tests.hand_made import rows

WHOLE = "2025-T1"  # the trimester that the demonstration fills
EVIDENCE = ("foreground", "active")
FRIDAY, NEXT_FRIDAY = date(2025, 10, 10), date(2025, 10, 17)
EXACT = 1e-4  # minutes: the exports write milliseconds


class Figure(NamedTuple):
    """One row of a long table."""

    n: int | None
    value: float | None
    low: float | None
    high: float | None

    def holds(self, truth: float) -> bool:
        """Whether the interval holds the truth; a figure without interval holds nothing."""
        return self.low is not None and self.high is not None and self.low <= truth <= self.high


@pytest.fixture(params=["demo_town", pytest.param("commune", marks=pytest.mark.slow)])
def town(request: pytest.FixtureRequest) -> DemoTown:
    """A twelfth of the commune, and slowly all of it."""
    return request.getfixturevalue(request.param)


def figures(town: DemoTown, table: str, measure: str, breakdown: str, uai: str = "territory") -> dict[tuple[str, str], Figure]:
    """(category, evidence) -> figure, of the trimester."""
    query = f"""SELECT category, evidence, n, value, low, high FROM {table}."values"
                WHERE measure = '{measure}' AND breakdown = '{breakdown}' AND uai = '{uai}' AND period = '{WHOLE}'"""
    return {(category, evidence): Figure(*rest) for category, evidence, *rest in rows(town.config, query)}


def effects(town: DemoTown) -> dict:
    return json.loads((town.truth_dir / "effects.json").read_text("utf-8"))


def true_days(town: DemoTown, evidence: str) -> pl.DataFrame:
    """Every pupil-day of the schools that count in the territory for one evidence, with its minutes."""
    days = pl.read_parquet(town.truth_dir / "expected_days.parquet")
    is_pupil = (pl.col("profile") == "student") & (pl.col("kind") == "individual") & (pl.col("evidence") == evidence)
    used = pl.read_parquet(town.truth_dir / "person_days.parquet").filter(is_pupil)
    heard = days.filter(pl.col("uai") != effects(town)["low_coverage"]["uai"]).join(used.select("uai").unique(), on="uai", how="semi")
    both = heard.join(used.select("person_id", "local_date", "seconds"), on=["person_id", "local_date"], how="left")
    return both.with_columns(minutes=pl.col("seconds").fill_null(0.0) / 60)


def true_gap(days: pl.DataFrame, by: str, value: str) -> float:
    """Mean over schools of the mean over classes of: mean minutes of those where `by` is `value`, less those of the rest of the class."""
    stays = days.group_by("person_id", "uai", "class_id", by).agg(pl.len(), total=pl.col("minutes").sum())
    homes = stays.sort("len", descending=True).group_by("person_id", maintain_order=True).first()
    amounts = stays.group_by("person_id").agg(minutes=pl.col("total").sum() / pl.col("len").sum())
    pupils = homes.join(amounts, on="person_id")
    here, others = (pl.col("minutes").filter(is_here).mean() for is_here in (pl.col(by) == value, pl.col(by) != value))
    classes = pupils.group_by("uai", "class_id").agg(gap=here - others).drop_nulls()
    return float(classes.group_by("uai").agg(pl.col("gap").mean())["gap"].to_numpy().mean())


def true_change(days: pl.DataFrame, by: str, held_on: str) -> float:
    """Mean over classes (or schools) of minutes per pupil-day after the session less before."""
    session = date.fromisoformat(held_on)
    before, after = (pl.col("minutes").filter(side).mean() for side in (pl.col("local_date") < session, pl.col("local_date") > session))
    return float(days.group_by(by).agg(change=after - before).drop_nulls()["change"].to_numpy().mean())


@pytest.mark.parametrize("evidence", EVIDENCE)
@pytest.mark.parametrize(("by", "category"), [("social_band", "défavorisée"), ("sex", "F")])
def test_gaps_inside_classes_are_those_of_the_truth(town: DemoTown, evidence: str, by: str, category: str) -> None:
    truth = true_gap(true_days(town, evidence), by, category)
    found = figures(town, "measures", "gap_minutes", by)[category, evidence]
    assert found.value == pytest.approx(truth, abs=EXACT)
    assert found.holds(truth)


def test_the_least_favoured_pupils_have_fewer_minutes_than_their_class(town: DemoTown) -> None:
    """The planted gap is far from 0 where many schools are compared, and the published interval still says so."""
    for table in ("measures", "published"):
        found = figures(town, table, "gap_minutes", "social_band")["défavorisée", "foreground"]
        assert found.high is not None and found.high < 0, table
        assert found.holds(true_gap(true_days(town, "foreground"), "social_band", "défavorisée")), table


@pytest.mark.parametrize("evidence", EVIDENCE)
def test_girls_and_boys_of_a_class_are_not_told_apart(town: DemoTown, evidence: str) -> None:
    assert figures(town, "measures", "gap_minutes", "sex")["F", evidence].holds(0)


def test_the_training_is_recovered_and_other_schools_change_much_less(town: DemoTown) -> None:
    planted = effects(town)["training"]
    uai, key = planted["uai"], (planted["held_on"], "foreground")
    days = true_days(town, "foreground")
    is_here = pl.col("uai") == uai
    here, elsewhere = (true_change(days.filter(m), by, key[0]) for m, by in ((is_here, "class_id"), (~is_here, "uai")))
    found = {b: figures(town, "measures", "training_change_minutes", b, uai)[key] for b in ("training", "training_elsewhere")}
    assert found["training"].value == pytest.approx(here, abs=EXACT)
    assert found["training_elsewhere"].value == pytest.approx(elsewhere, abs=EXACT)
    assert found["training"].holds(here) and found["training_elsewhere"].holds(elsewhere)
    assert 3 * elsewhere < here
    sides = [figures(town, "measures", "training_minutes", side, uai)[key].value for side in ("before", "after")]
    is_after = pl.col("local_date") > date.fromisoformat(key[0])
    is_before = pl.col("local_date") < date.fromisoformat(key[0])
    assert sides == [pytest.approx(days.filter(is_here, side)["minutes"].to_numpy().mean(), abs=EXACT) for side in (is_before, is_after)]


@pytest.mark.slow
def test_the_change_after_the_training_is_sure_and_that_elsewhere_is_not(commune: DemoTown) -> None:
    planted = effects(commune)["training"]
    for table in ("measures", "published"):
        here, elsewhere = (
            figures(commune, table, "training_change_minutes", b, planted["uai"])[planted["held_on"], "foreground"]
            for b in ("training", "training_elsewhere")
        )
        assert here.low is not None and here.low > 0, table
        assert elsewhere.high is not None and elsewhere.high < here.low, table


def test_twin_schools_have_the_minutes_that_were_planted(town: DemoTown) -> None:
    """Published minutes are rounded to 1 from 22 pupils on, to 5 below: half a step away at most."""
    planted = effects(town)["gap_between_two_similar_schools"]
    for uai, minutes in zip(planted["schools"], planted["minutes"], strict=True):
        found = figures(town, "measures", "minutes_per_pupil_day", "all", uai)["all", "foreground"]
        assert found.value == pytest.approx(minutes, abs=EXACT)
        assert found.holds(minutes)
        shown = figures(town, "published", "minutes_per_pupil_day", "all", uai)["all", "foreground"]
        assert shown.value == pytest.approx(minutes, abs=0.5 if found.n and found.n >= 22 else 2.5)
        assert shown.low is None or shown.holds(minutes)  # two classes: no interval


@pytest.mark.slow
def test_twin_schools_are_told_apart(commune: DemoTown) -> None:
    more, less = (
        figures(commune, "published", "minutes_per_pupil_day", "all", uai)["all", "foreground"]
        for uai in effects(commune)["gap_between_two_similar_schools"]["schools"]
    )
    assert more.low is not None and less.high is not None and more.low > less.high


def test_the_late_class_gets_its_tablets_in_mid_october(town: DemoTown) -> None:
    """In the week of 13 October the share of the school's pupils with a tablet rises by the pupils of that class."""
    late = effects(town)["late_class"]
    weeks = figures(town, "measures", "equipped_share", "week", late["uai"])
    before, after = (weeks[week, ""] for week in ("2025-10-06", late["from_date"]))
    days = pl.read_parquet(town.truth_dir / "expected_days.parquet").filter(pl.col("uai") == late["uai"])
    held = {week: set(days.filter(pl.col("local_date") == day)["person_id"]) for week, day in (("then", FRIDAY), ("now", NEXT_FRIDAY))}
    waiting = set(days.filter(pl.col("class_id") == late["class_id"])["person_id"])
    assert waiting and waiting & held["now"] and not waiting & held["then"]
    assert before.n and after.n and before.value is not None and after.value is not None
    assert (before.value * before.n, after.value * after.n) == (pytest.approx(len(held["then"])), pytest.approx(len(held["now"])))
    assert after.value - before.value > 0.5 * len(waiting & held["now"]) / after.n


def test_the_locked_trolley_is_a_third_of_the_shared_tablets(town: DemoTown) -> None:
    uai = effects(town)["unused_trolley"]["uai"]
    found, shown = (figures(town, table, "never_used_share", "kind", uai)["shared", "foreground"] for table in ("measures", "published"))
    assert found.value == pytest.approx(1 / 3)
    # the trolleys of the small town are shared by too few pupils to be shown
    assert shown.value is None or (found.n is not None and found.n >= 11)
    assert shown.value is None or shown.value == pytest.approx(1 / 3, abs=0.025)
