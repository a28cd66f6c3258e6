"""How often the intervals hold the truth: the page that says so is what the simulation finds, with other towns."""

from math import hypot

import numpy as np
import pytest

from tests.statistics import towns
from tests.statistics.simulation import LEAST, MOST, PAGE, SLOPES, STUDIES, page_of, ratio_row, rows_of, simulate, skewed


def test_the_page_is_what_is_written_of_its_rows() -> None:
    page = PAGE.read_text(encoding="utf-8")
    rows = rows_of(page)
    assert page_of(rows) == page, "run `python -m tests.statistics`"
    assert len(rows) == 8 + sum(len(study.clusters) for study in STUDIES) + 2 * len(SLOPES)


def test_invented_minutes_are_as_spread_and_as_alike_in_a_class_as_said() -> None:
    chance = np.random.default_rng(11)
    room = towns.rooms(chance, 20_000)
    amounts = towns.minutes(chance, towns.factor(chance, towns.ICC, 20_000)[room])
    assert amounts.mean() == pytest.approx(towns.MEAN, rel=0.02)
    assert amounts.std() == pytest.approx(towns.MEAN, rel=0.03)
    assert (amounts == 0).mean() == pytest.approx(towns.NONE_AT_ALL, abs=0.005)
    means, sizes = np.bincount(room, amounts) / np.bincount(room), np.bincount(room)
    within = ((amounts - means[room]) ** 2).sum() / (len(room) - 20_000)
    between = means.var() - within * (1 / sizes).mean()
    assert between / (between + within) == pytest.approx(towns.ICC, abs=0.02)


def test_an_interval_that_takes_parts_of_classes_for_classes_shows_as_too_short() -> None:
    """The simulation can fail: here six classes of one factor each are counted as 132."""
    alone = ratio_row("skewed, with zeros", lambda chance, room: skewed(chance, room // 22), 22 * 6, seed=2, schools=300)
    assert alone.held < 0.75
    assert "too short" in alone.verdict


@pytest.mark.slow
def test_other_towns_say_the_same() -> None:
    """Four standard errors of a difference: one page in four hundred would be refused by chance. The slopes: test_value_added.py."""
    written = [row for row in rows_of(PAGE.read_text(encoding="utf-8")) if row.design not in SLOPES]
    for old, new in zip(written, simulate(seed=2), strict=True):
        assert (old.interval, old.design, old.clusters) == (new.interval, new.design, new.clusters)
        assert abs(old.held - new.held) < 4 * hypot(old.error, new.error) + 0.001, new
        assert new.width == pytest.approx(old.width, rel=0.1), new
        if "holds" in old.verdict:
            assert LEAST - 4 * new.error < new.held < MOST + 4 * new.error, new
