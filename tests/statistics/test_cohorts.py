"""Adoption by cohort: published answers (mpdta, castle), by hand, known effects, placebo, randomisation, and every refusal."""

from itertools import permutations

import numpy as np
import pytest
from scipy import stats

from analysis.statistics.bacon import decomposed
from analysis.statistics.cohorts import placebo, simple_effect, staggered, two_way
from analysis.statistics.influence import Effect, Influence, averaged
from analysis.statistics.panel import Panel, panel_of
from analysis.statistics.permutation import Randomisation, randomised, randomised_adoption
from analysis.statistics.refusal import Refusal
from tests.statistics.vectors import needs_vectors, numbers_of


def panel(*arguments: object, **named: object) -> Panel:
    found = panel_of(*arguments, **named)
    assert isinstance(found, Panel), found
    return found


@pytest.fixture(scope="module")
def mpdta() -> Panel:
    return panel(*numbers_of("mpdta", "lemp", "countyreal", "year", "first.treat"))


@needs_vectors
def test_mpdta_cell_by_cell(mpdta: Panel) -> None:
    """R's `did`, 500 counties, never-treated, no covariates; the pre-trends against the period before."""
    published = {
        2004: [-0.0105, -0.0704, -0.1373, -0.1008],
        2006: [0.0065, -0.0028, -0.0046, -0.0412],
        2007: [0.0305, -0.0027, -0.0311, -0.0261],
    }
    found = staggered(mpdta)
    for cohort, values in published.items():
        assert [cell.effect.estimate.value for cell in found.cells if cell.cohort == cohort] == pytest.approx(values, abs=5.1e-5)
    dynamic = {cell.period: cell.effect.estimate.value for cell in found.dynamic}
    expected = {-3: 0.0305, -2: -0.0006, -1: -0.0245, 0: -0.0199, 1: -0.0510, 2: -0.1373, 3: -0.1008}
    assert dynamic == pytest.approx(expected, abs=5.1e-5)
    assert (found.units, found.never_treated, found.clusters) == (500, 309, 500)


@needs_vectors
def test_mpdta_in_one_number(mpdta: Panel) -> None:
    """The published errors are bootstrapped (.0219 and .0126): ours are not."""
    found = staggered(mpdta)
    assert found.overall.estimate.value == pytest.approx(-0.0772, abs=5.1e-5)
    assert found.simple.estimate.value == pytest.approx(-0.0400, abs=5.1e-5)
    assert found.groups.estimate.value == pytest.approx(-0.0310, abs=5.1e-5)
    assert (found.overall.error, found.groups.error) == (pytest.approx(0.0219, rel=0.1), pytest.approx(0.0126, rel=0.02))
    assert simple_effect(mpdta) == pytest.approx(found.simple.estimate.value, abs=1e-12)
    contrast = two_way(mpdta)
    assert (contrast.estimate.value, contrast.error) == pytest.approx((-0.03655, 0.01327), abs=5.1e-6)


@needs_vectors
def test_castle_and_what_its_regression_is_made_of() -> None:
    outcomes, states, years = numbers_of("castle", "l_homicide", "sid", "year")
    first = numbers_of("castle", "effyear", blank=0)[0]
    found = panel(outcomes, states, years, first)
    assert two_way(found).estimate.value == pytest.approx(0.0818116169306475, abs=1e-12)
    parts = {part.kind: (part.weight, part.value) for part in decomposed(found)}
    assert parts["earlier with later"] == pytest.approx((0.05976, -0.00554), abs=5.1e-6)
    assert parts["later with earlier"] == pytest.approx((0.03190, 0.07032), abs=5.1e-6)
    assert parts["with never treated"] == pytest.approx((0.90834, 0.08796), abs=5.1e-6)


def rows(outcomes: np.ndarray, adopted: np.ndarray, clusters: np.ndarray | None = None, start: int = 2020) -> tuple:
    """A units x periods table as rows, in an order of no meaning."""
    units, periods = (axis.ravel() for axis in np.indices(outcomes.shape))
    mixed = np.random.default_rng(0).permutation(outcomes.size)
    columns = [outcomes.ravel(), units, periods + start, np.asarray(adopted)[units]]
    return tuple(each[mixed] for each in (columns if clusters is None else [*columns, np.asarray(clusters)[units]]))


def invented(seed: int, adopted: list[int], effect: float = 0.0, growth: float = 0.0, schools: int | None = None) -> Panel:
    """Six periods from 2020; the effect grows by `growth` a period; units of a school move together where schools are given."""
    chance, first = np.random.default_rng(seed), np.array(adopted)
    since = np.arange(2020, 2026) - first[:, None]
    treated = (since >= 0) & (first[:, None] > 0)
    outcomes = chance.normal(size=(len(first), 1)) + np.arange(6) * 0.3 + chance.normal(0, 0.5, (len(first), 6))
    home = np.arange(len(first)) if schools is None else np.arange(len(first)) % schools
    if schools is not None:
        outcomes += chance.normal(0, 0.5, (schools, 6))[home]
    return panel(*rows(outcomes + np.where(treated, effect + growth * since, 0), first, home))


COHORTS = [*[2022] * 6, *[2024] * 6, *[0] * 8]


def test_two_units_and_a_cohort_by_hand() -> None:
    """The never-treated rise by 1 a period; the cohort of 2021 by 4 and then 6: effects 4 - 1 and 10 - 2."""
    found = staggered(panel(*rows(np.array([[0, 4, 10], [0, 4, 10], [5, 6, 7], [1, 2, 3.0]]), np.array([2021, 2021, 0, 0]))))
    assert [(cell.cohort, cell.period, cell.effect.estimate.value) for cell in found.cells] == [(2021, 2021, 3), (2021, 2022, 8)]
    assert (found.overall.estimate.value, found.simple.estimate.value, found.groups.estimate.value) == (5.5, 5.5, 5.5)


def test_one_cohort_in_two_periods_is_welchs_test() -> None:
    changes = np.array([1, 3, 2, 0, 1, 0, 1.0])
    found = staggered(panel(*rows(np.column_stack([np.zeros(7), changes]), np.array([2021] * 3 + [0] * 4)))).simple
    welch = stats.ttest_ind(changes[:3], changes[3:], equal_var=False)
    assert (found.estimate.value, found.degrees, found.p_value) == pytest.approx((1.5, welch.df, welch.pvalue))
    assert (found.estimate.low, found.estimate.high) == pytest.approx(tuple(welch.confidence_interval()))


def test_schools_with_units_of_every_kind_are_paired() -> None:
    """One treated and one untreated unit in each of four schools: Student's paired test over the schools."""
    chance = np.random.default_rng(8)
    before, after = chance.normal(size=(2, 8))
    found = staggered(panel(*rows(np.column_stack([before, after]), np.array([2021] * 4 + [0] * 4), [*range(4), *range(4)]))).simple
    paired = stats.ttest_rel((after - before)[:4], (after - before)[4:])
    assert (found.estimate.clusters, found.degrees, found.p_value) == (4, pytest.approx(3), pytest.approx(paired.pvalue))


def test_weights_that_are_estimated_pull_too() -> None:
    """Cohorts of 2 and 3 of six units with effects 1 and 4: each unit's pull is how the mean moves when the unit counts a little more."""
    belongs = [np.array([1, 1, 0, 0, 0, 0]) == 1, np.array([0, 0, 1, 1, 1, 0]) == 1]
    found = averaged([Influence(value, np.zeros(6), (2, 1)) for value in (1.0, 4.0)], belongs)

    def mean(weights: np.ndarray) -> float:
        first, second = (weights[mine].sum() for mine in belongs)
        return (first + 4 * second) / (first + second)

    moved = [(mean(np.ones(6) + 1e-6 * (np.arange(6) == unit)) - mean(np.ones(6))) / 1e-6 for unit in range(6)]
    assert found.value == pytest.approx(2.8)
    assert found.pulls == pytest.approx(np.array(moved), abs=1e-5)


def test_effects_that_grow_are_found_and_the_regression_is_not_to_be_trusted() -> None:
    """0, .5, 1, 1.5 over periods since adoption; over 200 towns the mean of each is right, and the regression's is not."""
    towns = [invented(seed, COHORTS, growth=0.5) for seed in range(200)]
    ours = np.array([[cell.effect.estimate.value for cell in staggered(town).dynamic] for town in towns])
    assert ours.mean(axis=0) == pytest.approx([0, 0, 0, 0, 0.5, 1, 1.5][-ours.shape[1] :], abs=0.08)
    truth = (6 * (0 + 0.5 + 1 + 1.5) + 6 * (0 + 0.5)) / 36
    assert np.mean([simple_effect(town) for town in towns]) == pytest.approx(truth, abs=0.05)
    assert np.mean([two_way(town).estimate.value for town in towns]) < truth - 0.05


@pytest.mark.parametrize("schools", [None, 10])
def test_intervals_hold_the_truth(schools: int | None) -> None:
    """Of 250 towns, an effect of .4; where schools move together, every school has units of every kind, and schools are the clusters."""
    adopted = COHORTS if schools is None else [*[2022] * 10, *[2024] * 10, *[0] * 10]
    held: dict[str, list[bool]] = {"overall": [], "groups": [], "simple": []}
    for seed in range(250):
        found = staggered(invented(seed, adopted, effect=0.4, schools=schools))
        for name, each in held.items():
            estimate = getattr(found, name).estimate
            each.append(estimate.low <= 0.4 <= estimate.high)
    for name, each in held.items():
        assert 0.92 < np.mean(each) < 0.985, name


def test_a_cohort_of_one_cluster_has_no_interval() -> None:
    found = staggered(invented(1, [2022, *[2024] * 6, *[0] * 8]))
    alone = next(each for each in found.by_cohort if each.cohort == 2022).effect
    assert (alone.estimate.low, alone.error, alone.p_value, alone.detectable) == (None, None, None, None)
    assert found.simple.error is None
    assert next(each for each in found.by_cohort if each.cohort == 2024).effect.error is not None


def test_placebo_finds_nothing_where_adoption_was_not_foreseen_and_something_where_it_was() -> None:
    quiet = [placebo(invented(seed, COHORTS, effect=2), 1) for seed in range(200)]
    assert all(isinstance(each, Effect) for each in quiet)
    assert np.mean([each.p_value < 0.05 for each in quiet]) < 0.09
    town = invented(3, COHORTS)
    early = town.outcomes + 2.0 * ((town.adopted[:, None] > 0) & (town.periods >= town.adopted[:, None] - 1))
    foreseen = placebo(Panel(early, town.periods, town.adopted, town.cluster, (), (), 0))
    assert isinstance(foreseen, Effect)
    assert foreseen.estimate.value == pytest.approx(2, abs=0.6)
    assert foreseen.p_value is not None and foreseen.p_value < 0.01


def test_placebo_sees_untreated_periods_alone() -> None:
    town = invented(4, COHORTS)
    after = (town.adopted[:, None] > 0) & (town.periods >= town.adopted[:, None])
    changed = Panel(town.outcomes + 99.0 * after, town.periods, town.adopted, town.cluster, (), (), 0)
    assert placebo(changed, 2) == placebo(town, 2)
    assert placebo(town, 4) == Refusal("no cohort with a period before", 4, 5)
    with pytest.raises(ValueError, match="earlier"):
        placebo(town, 0)


@pytest.mark.parametrize(
    ("adopted", "periods", "reason"),
    [
        ([2021, 2022, 2022], 3, "no never-treated unit"),
        ([0, 0, 0], 3, "no treated unit"),
        ([2021, 0, 0], 1, "one period only"),
        ([2020, 2019, 0], 3, "no cohort with a period before"),
        ([2030, 0, 0], 3, "no treated unit"),
    ],
)
def test_refusals_before_any_fit(adopted: list[int], periods: int, reason: str) -> None:
    found = panel_of(*rows(np.zeros((3, periods)), np.array(adopted)))
    assert isinstance(found, Refusal) and found.reason == reason


def test_a_town_where_every_grade_is_equipped_loses_its_last_year_if_asked_to() -> None:
    """Cohorts 2021 to 2023 and nobody else: the last compares, 2023 and later are dropped and said."""
    given = rows(np.random.default_rng(1).normal(size=(9, 5)), np.repeat([2021, 2022, 2023], 3))
    assert panel_of(*given) == Refusal("no never-treated unit")
    found = panel(*given, last_cohort_compares=True)
    assert (found.dropped_periods, found.periods.tolist(), found.cohorts) == ((2023, 2024), [2020, 2021, 2022], [2021, 2022])
    assert (found.adopted == 0).sum() == 3


def test_what_is_left_out_is_said() -> None:
    outcomes, units, periods, first = rows(np.zeros((5, 3)), np.array([2020, 2021, 2021, 0, 0]))
    kept = ~((units == 4) & (periods == 2021))
    found = panel(outcomes[kept], units[kept], periods[kept], first[kept])
    assert (found.without_before, found.incomplete, len(found.adopted)) == ((2020,), 1, 3)


def test_rows_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="twice in a period"):
        panel_of([1, 2, 3], ["a", "a", "b"], [2020, 2020, 2021], [0, 0, 0])
    with pytest.raises(ValueError, match="two adoptions"):
        panel_of([1, 2], ["a", "a"], [2020, 2021], [0, 2021])
    with pytest.raises(ValueError, match="two clusters"):
        panel_of([1, 2], ["a", "a"], [2020, 2021], [0, 0], [*"xy"])
    with pytest.raises(ValueError, match="first_treated: a value is missing"):
        panel_of([1, 2], ["a", "b"], [2020, 2021], [0, None])


def test_randomisation_is_the_exhaustive_loop() -> None:
    """Every order of seven clusters' cohorts, equal orders counted as often as they come: the same share."""
    town = invented(2, [2022, 2022, 2024, 0, 0, 0, 0], effect=0.4)
    found = randomised_adoption(town)
    assert isinstance(found, Randomisation)
    values = [abs(simple_effect(town.with_adoption(np.array(order)))) for order in permutations(town.adopted)]
    assert found.p_value == pytest.approx(np.mean(np.array(values) >= abs(simple_effect(town)) * (1 - 1e-9)))
    assert (found.arrangements, found.is_exact, found.smallest) == (105, True, pytest.approx(1 / 105))


def test_a_sample_of_arrangements_comes_close_and_counts_what_was_seen() -> None:
    scores = np.random.default_rng(6).normal(size=12)
    labels = np.array([1.0] * 6 + [0.0] * 6)

    def statistic(order: np.ndarray) -> float:
        return float(scores[order == 1].mean() - scores[order == 0].mean())

    exact, sampled = randomised(statistic, labels), randomised(statistic, labels, drawn=1_999, most=100)
    assert isinstance(exact, Randomisation) and isinstance(sampled, Randomisation)
    assert (exact.is_exact, exact.arrangements, sampled.is_exact, sampled.arrangements) == (True, 924, False, 2_000)
    assert sampled.p_value == pytest.approx(exact.p_value, abs=0.04)
    # the two halves changed over are as far from zero
    assert exact.smallest == pytest.approx(2 / 924)
    assert sampled == randomised(statistic, labels, drawn=1_999, most=100)
    extreme = randomised(lambda order: float((order == labels).all()), labels, drawn=99, most=1)
    assert isinstance(extreme, Randomisation) and extreme.p_value >= 1 / 100


def test_randomisation_finds_nothing_in_nothing_as_often_as_it_says() -> None:
    p_values = [randomised_adoption(invented(seed, [2022, 2022, 2024, 0, 0, 0])).p_value for seed in range(150)]
    assert np.mean(np.array(p_values) <= 0.1) < 0.17


def test_what_cannot_be_randomised_is_refused() -> None:
    assert randomised(lambda order: 0.0, [3, 3, 3]) == Refusal("one arrangement only", 1, 2)
    town = invented(1, [*[2022] * 4, *[0] * 4], schools=2)
    assert randomised_adoption(town.with_adoption(np.array([2022.0, 2022, 2022, 2022, 0, 0, 0, 0]))) == Refusal(
        "adoption differs inside clusters"
    )
