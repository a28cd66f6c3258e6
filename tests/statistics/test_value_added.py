"""Progress against minutes: known slopes, the two parts told apart, invariances, and every refusal."""

import numpy as np
import pytest

from analysis.statistics import multilevel
from analysis.statistics.progress import progress, standardised
from analysis.statistics.refusal import Refusal
from analysis.statistics.value_added import Slope, ValueAdded, value_added
from tests.statistics import towns
from tests.statistics.simulation import LEAST, MOST, slope_rows


def told(**given: object) -> ValueAdded:
    found = value_added(**given)
    assert isinstance(found, ValueAdded), found
    return found


def slopes(found: ValueAdded) -> tuple[Slope, Slope]:
    assert isinstance(found.within, Slope) and isinstance(found.between, Slope), (found.within, found.between)
    return found.within, found.between


def planted() -> dict[str, np.ndarray]:
    return towns.pupils_with_progress(np.random.default_rng(20), towns.Slopes(classes=36, schools=6, within=0.05, between=0.2))


@pytest.fixture(scope="module")
def town() -> dict[str, np.ndarray]:
    return planted()


@pytest.fixture(scope="module")
def found(town: dict[str, np.ndarray]) -> ValueAdded:
    return told(**town)


def test_a_large_town_gives_what_was_planted(town: dict[str, np.ndarray], found: ValueAdded) -> None:
    """Two slopes that differ, variances of .04 school and .08 class out of about 1.2, IPS taken in."""
    within, between = slopes(found)
    scale = 10 / town["outcomes"].std()
    assert within.estimate.value == pytest.approx(0.05 * scale, abs=3 * within.error)
    assert between.estimate.value == pytest.approx(0.2 * scale, abs=3 * between.error)
    assert within.error < 0.03 and between.error < 0.08
    assert between.p_value < 0.01
    assert (found.pupils, found.classes, found.schools, found.has_ips) == (len(town["minutes"]), 36, 6, True)
    assert 0.05 < found.class_share < 0.25
    assert found.school_share is not None and found.school_share < 0.15
    assert found.within_explained == pytest.approx(0.36 / 0.88, abs=0.06)
    assert found.between_explained is not None and found.between_explained > 0.2


def test_the_slope_within_is_that_of_pupils_against_their_own_class(town: dict[str, np.ndarray], found: ValueAdded) -> None:
    """Ordinary regression on deviations from class means, which knows nothing of the model, gives nearly the same slope and error."""
    rooms, count = town["classes"], np.bincount(town["classes"])
    columns = [standardised(town["outcomes"], town["levels"]), town["minutes"] / 10, standardised(town["priors"], town["levels"])]
    y, x, prior = (column - (np.bincount(rooms, column) / count)[rooms] for column in columns)
    x -= prior * (prior @ x) / (prior @ prior)
    within, _ = slopes(found)
    slope = x @ y / (x @ x)
    pulls = np.bincount(rooms, x * (y - prior * (prior @ y) / (prior @ prior) - slope * x)) / (x @ x)
    assert within.estimate.value == pytest.approx(slope, abs=0.1 * within.error)
    assert within.error == pytest.approx(np.sqrt(pulls @ pulls), rel=0.1)


def test_interval_p_value_and_detectable_slope_belong_together(found: ValueAdded) -> None:
    for slope in slopes(found):
        low, high = slope.estimate.low, slope.estimate.high
        assert low is not None and high is not None
        assert (low + high) / 2 == pytest.approx(slope.estimate.value)
        assert (slope.p_value < 0.05) == (not low < 0 < high)
        assert slope.detectable == pytest.approx((high - low) / 2 + slope.error * 0.85, rel=0.03)


def test_units_and_labels_change_nothing_but_what_they_should(town: dict[str, np.ndarray], found: ValueAdded) -> None:
    """Another scale of either test, labels as text that repeat by school, minutes counted by ten."""
    renamed = [f"CE{room % 6}" for room in town["classes"]]
    other = told(**town | {"outcomes": 3 * town["outcomes"] + 7, "priors": town["priors"] / 5, "classes": renamed})
    tenfold = told(**town | {"minutes": 10 * town["minutes"]})
    for mine, same, tenth in zip(slopes(found), slopes(other), slopes(tenfold), strict=True):
        assert same.estimate.value == pytest.approx(mine.estimate.value, abs=2e-3 * mine.error)
        assert same.degrees == pytest.approx(mine.degrees, rel=0.01)
        assert 10 * tenth.estimate.value == pytest.approx(mine.estimate.value, abs=2e-2 * mine.error)


def test_what_was_handed_over_is_left_as_it_was(town: dict[str, np.ndarray], found: ValueAdded) -> None:
    assert all((town[name] == column).all() for name, column in planted().items())


def small(classes: int = 12, schools: int = 3, seed: int = 1) -> dict[str, np.ndarray]:
    return towns.pupils_with_progress(np.random.default_rng(seed), towns.Slopes(classes, schools, 0.05, 0.1))


def test_few_schools_get_a_constant_each_and_ips_is_left_out() -> None:
    given = small() | {"levels": ["CM1"] * len(small()["minutes"])}
    found = told(**given)
    assert (found.school_share, found.has_ips, found.schools) == (None, False, 3)
    # a school that does better as a whole says nothing
    better = given | {"outcomes": given["outcomes"] + 30.0 * (given["schools"] == 1)}
    for one, other in zip(slopes(found), slopes(told(**better)), strict=True):
        assert other.estimate.value / other.error == pytest.approx(one.estimate.value / one.error, abs=0.01)


def test_an_unknown_ips_leaves_ips_out() -> None:
    given = small(classes=12, schools=6)
    assert told(**given).has_ips
    assert not told(**given | {"ips": [None, *given["ips"][1:]]}).has_ips


def test_too_few_classes() -> None:
    assert value_added(**small(classes=7, schools=1)) == Refusal("too few classes", 7, 8)
    nine = small(classes=9, schools=5)
    assert told(**nine).between == Refusal("too few degrees of freedom", pytest.approx(1.86, abs=0.01), 2)
    # four levels and five schools that hang together in two parts take 4 + 5 - 2 degrees of freedom, minutes one more: one is left
    assert value_added(**nine | {"levels": nine["classes"] % 4}) == Refusal("too few classes", 9, 10)


def test_a_level_that_one_school_alone_teaches_is_that_school() -> None:
    given = small()
    assert slopes(told(**given | {"levels": np.where(given["schools"] == 2, 9, given["levels"])}))


def test_minutes_that_do_not_vary() -> None:
    given = small()
    means = (np.bincount(given["classes"], given["minutes"]) / np.bincount(given["classes"]))[given["classes"]]
    alike = told(**given | {"minutes": means})
    assert alike.within == Refusal("no spread of minutes")
    assert isinstance(alike.between, Slope)
    centred = told(**given | {"minutes": given["minutes"] - means + 60})
    assert centred.between == Refusal("no spread of minutes")
    assert isinstance(centred.within, Slope)


def test_minutes_that_vary_in_a_class_or_two() -> None:
    given = small()
    lone = np.where(given["classes"] < 2, given["minutes"], 20.0)
    assert told(**given | {"minutes": lone}).within == Refusal("too few classes", 2, 8)
    nearly = np.where(given["classes"] < 1, given["minutes"], 20 + given["minutes"] / 1000)
    within = told(**given | {"minutes": nearly}).within
    assert isinstance(within, Refusal) and within.reason == "minutes vary in too few classes"


def test_outcomes_that_are_all_the_same_and_optimisers_that_disagree(monkeypatch: pytest.MonkeyPatch) -> None:
    given = small()
    assert value_added(**given | {"outcomes": np.ones(len(given["minutes"]))}) == Refusal("no spread of outcomes")
    assert value_added(**given | {"priors": np.ones(len(given["minutes"]))}) == Refusal("no spread of prior scores")
    monkeypatch.setattr(multilevel, "_OPTIMISERS", ("powell",))
    assert value_added(**given) == Refusal("optimisers disagree", 1, 2)


def test_what_is_missing_is_refused() -> None:
    given = small()
    for name in ("outcomes", "priors", "minutes", "classes", "schools", "levels"):
        with pytest.raises(ValueError, match=f"{name if name not in ('outcomes', 'priors') else 'scores'}: a value is missing"):
            value_added(**given | {name: [None, *given[name][1:]]})
        with pytest.raises(ValueError, match="different lengths"):
            value_added(**given | {name: given[name][1:]})


def test_progress_is_what_the_line_of_the_level_leaves() -> None:
    """Level a: outcomes 1, 2, 6 over priors 1, 2, 3: mean 3, slope 2.5; left .5, -1, .5, in units of the outcome's sd, 2.6458."""
    found = progress([1, 2, 6, 5, 5, 5], [1, 2, 3, 9, 9, 1], [*"aaabbb"])
    assert found == pytest.approx([0.5 / 2.6458, -1 / 2.6458, 0.5 / 2.6458, 0, 0, 0], abs=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize("design", ["one slope in every class", "nothing to find"])
def test_other_towns_hold_the_truth_as_often(design: str) -> None:
    """Of 250 towns; four standard errors either way."""
    for row in slope_rows(design, seed=2, drawn=250):
        assert LEAST - 4 * row.error < row.held < MOST + 4 * row.error, row
        assert row.printed > 0.95
