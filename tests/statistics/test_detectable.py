"""What could have been seen: the tables of NCEE 2008-4026 and of the design, and the power that is promised, simulated."""

import numpy as np
import pytest
from scipy import stats

from analysis.statistics.detectable import detectable_effect, detectable_from, schools_needed

# Schochet, NCEE 2008-4026, table 7.3, design III (schools, icc .15): schools needed by what prior scores explain of both levels.
SCHOOLS = {0: (130, 83, 48), 0.2: (104, 66, 38), 0.5: (65, 42, 24), 0.7: (39, 25, 14)}
# Pupils 24 a school and cohort, icc .15, half of the schools treated: smallest effects with nothing, half and .7 explained.
EFFECTS = {8: (1.02, 0.72, 0.56), 12: (0.77, 0.55, 0.42), 16: (0.65, 0.46, 0.36), 24: (0.52, 0.36, 0.28), 40: (0.39, 0.28, 0.21)}


@pytest.mark.parametrize(("explained", "published"), SCHOOLS.items())
def test_schools_needed_are_those_of_the_published_table(explained: float, published: tuple) -> None:
    """It uses 2.80 for every number of schools; Student's t asks for one to three more."""
    ours = [schools_needed(effect, 60, 0.15, explained, explained) for effect in (0.20, 0.25, 0.33)]
    assert all(0 <= mine - theirs <= 3 for mine, theirs in zip(ours, published, strict=True)), ours


@pytest.mark.parametrize(("schools", "expected"), EFFECTS.items())
def test_smallest_effects(schools: int, expected: tuple) -> None:
    ours = [detectable_effect(schools, 24, 0.15, explained, explained) for explained in (0, 0.5, 0.7)]
    assert ours == pytest.approx(expected, abs=0.0051)


def test_the_schools_needed_are_the_fewest() -> None:
    needed = schools_needed(0.3, 24, 0.15, 0.5, 0.4)
    assert needed is not None
    at, below = (detectable_effect(schools, 24, 0.15, 0.5, 0.4) for schools in (needed, needed - 1))
    assert at is not None and below is not None
    assert at <= 0.3 < below


def test_an_effect_of_that_size_is_found_in_eight_cases_of_ten() -> None:
    """Means of 16 schools, half of them treated, compared by the t-test: 4,000 times."""
    schools, pupils, icc = 16, 20, 0.15
    effect = detectable_effect(schools, pupils, icc)
    assert effect is not None
    means = np.random.default_rng(5).normal(0, np.sqrt(icc + (1 - icc) / pupils), (4000, schools))
    means[:, : schools // 2] += effect
    found = stats.ttest_ind(means[:, : schools // 2], means[:, schools // 2 :], axis=1).pvalue < 0.05
    assert found.mean() == pytest.approx(0.8, abs=0.025)


def test_from_an_error_about_two_point_eight_times() -> None:
    assert detectable_from(0.1, 1_000) == pytest.approx(0.28, abs=0.001)
    assert detectable_from(0.1, 5) == pytest.approx(0.1 * (2.5706 + 0.9195), abs=1e-4)
    assert (detectable_from(None, 5), detectable_from(0.1, 0)) == (None, None)


def test_too_little_gives_nothing_and_nonsense_is_refused() -> None:
    assert detectable_effect(2, 24, 0.15) is None
    assert schools_needed(0.001, 24, 0.5) is None
    for wrong in ({"icc": 1.2}, {"treated_share": 0}, {"power": 1}, {"pupils_per_school": 0}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            detectable_effect(**{"schools": 20, "pupils_per_school": 24, "icc": 0.1} | wrong)
    with pytest.raises(ValueError, match="effect"):
        schools_needed(0, 24, 0.15)
