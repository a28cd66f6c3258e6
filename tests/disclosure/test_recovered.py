"""Nothing is recovered: an attacker written apart reads what the real gate publishes of random territories, and finds no small group.

He knows more than any reader: exactly how many pupils every group has, and every two groups of two kinds in common, at any time.

And he could: with the small groups themselves hidden and nothing else, he finds many; and each of three known traps is a town of its own.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.disclosure.attacker import (
    ALL,
    COUNTS,
    Figure,
    Found,
    by_brute_force,
    by_programme,
    is_recovered,
    left_open,
    secrets_of,
    whole_numbers,
)
from tests.disclosure.towns import DAYS_A_MONTH, DAYS_USED, MEASURES, MINUTES, Gated, Town, public_of, random_town, truth_of

BATCH = 50
MINUTES_ENOUGH = 10.0  # of a mean as large as that or larger, these must stay open


def recovered(town: Town, figures: Sequence[Figure], measures: Sequence[str]) -> list[Found]:
    """The small groups of which the attacker knows more than he may."""
    public = public_of(town)
    secrets = list(secrets_of(figures, public, measures))
    found = [*by_programme(figures, public, secrets), *by_brute_force(figures, public, secrets)]
    narrow = [each for each in found if is_recovered(each, MINUTES_ENOUGH)]
    return [each for each in narrow if is_recovered(each, truth_of(town, each.secret))]


def small_tables(first: int, count: int) -> list[Town]:
    """One month of one to three schools."""
    return [random_town(number, 2026, months=1, largest=3) for number in range(first, first + count)]


def all_recovered(gated: Gated, figures: dict[int, list[Figure]], measures: Sequence[str] = MEASURES) -> list[str]:
    return [
        f"town {number}, {each.secret.measure} of {each.secret.name}, {each.secret.time}: {each.low:.3f} to {each.high:.3f}"
        for number, town in gated.towns.items()
        for each in recovered(town, figures[number], measures)
    ]


def found_in(first: int, count: int, measures: Sequence[str], folder: Path) -> list[str]:
    """What the attacker recovers from the small tables of these numbers."""
    found = []
    for start in range(first, first + count, BATCH):
        gated = Gated(small_tables(start, min(BATCH, first + count - start)), folder, measures)
        found += all_recovered(gated, gated.figures(), measures)
    return found


@pytest.mark.parametrize(("first", "count"), [(0, 50), pytest.param(50, 250, marks=pytest.mark.slow)])
def test_of_small_tables_of_pupils_nothing_is_recovered(first: int, count: int, tmp_path: Path) -> None:
    assert found_in(first, count, (COUNTS,), tmp_path) == []


@pytest.mark.parametrize(("first", "count"), [(0, 40), pytest.param(40, 60, marks=pytest.mark.slow)])
def test_of_small_tables_of_days_and_minutes_nothing_is_recovered(first: int, count: int, tmp_path: Path) -> None:
    assert found_in(first, count, (DAYS_USED, MINUTES), tmp_path) == []


@pytest.mark.parametrize("number", [363, 374, 394, 1208, 2804])
def test_weeks_that_told_too_much_once_tell_it_no_more(number: int, tmp_path: Path) -> None:
    """Of a week, only everybody has a figure; where the others are known well enough, it is a figure of the few."""
    gated = Gated([random_town(number, 2026, months=1, largest=3)], tmp_path, (DAYS_USED, MINUTES))
    assert gated.towns[number].has_weeks
    assert all_recovered(gated, gated.figures(), (DAYS_USED, MINUTES)) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(300, 7300, 500))
def test_of_many_small_tables_of_pupils_nothing_is_recovered(first: int, tmp_path: Path) -> None:
    assert found_in(first, 500, (COUNTS,), tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(100, 3100, 500))
def test_of_many_small_tables_of_days_and_minutes_nothing_is_recovered(first: int, tmp_path: Path) -> None:
    assert found_in(first, 500, (DAYS_USED, MINUTES), tmp_path) == []


def test_over_twelve_months_nothing_is_recovered(tmp_path: Path) -> None:
    """Two towns; every table of theirs is told 16 times: by month, by trimester and for the year."""
    gated = Gated([random_town(number, 2027, months=12, largest=2) for number in range(2)], tmp_path)
    assert all_recovered(gated, gated.figures()) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(2, 100, 14))
def test_over_twelve_months_of_many_towns_nothing_is_recovered(first: int, tmp_path: Path) -> None:
    for number in range(first, first + 14):
        gated = Gated([random_town(number, 2027, months=12)], tmp_path)
        assert all_recovered(gated, gated.figures()) == []


def test_without_the_gate_the_same_attacker_recovers_many(tmp_path: Path) -> None:
    gated = Gated(small_tables(0, BATCH), tmp_path, (COUNTS,))
    assert len(all_recovered(gated, gated.with_primary_suppression_only(), (COUNTS,))) > BATCH


def made(
    sizes: dict[str, dict[tuple[str, ...], tuple[int, float]]], breakdowns: tuple[str, ...] = ("level",), months: int = 1, number: int = 1
) -> Town:
    """A town by hand: in each school, the pupils of each group and the share of them that is regular and uses the tablet."""
    schools = [uai for uai, groups in sizes.items() for pupils, _ in groups.values() for _ in range(pupils)]
    groups = [group for each in sizes.values() for group, (pupils, _) in each.items() for _ in range(pupils)]
    active = np.array([i < round(rate * pupils) for each in sizes.values() for pupils, rate in each.values() for i in range(pupils)])
    here = np.ones((len(schools), months * DAYS_A_MONTH), dtype=bool)
    town = Town(number, breakdowns, schools, groups, here, here * active[:, None] * 40.0, months)
    town.regular = dict.fromkeys(town.times, active)
    return town


def two_per_line() -> Town:
    """Every line has two hidden cells or more; but CP and CE2 of both first schools, less the second school, leave CE1 of the first."""
    small = {level: ((level,), (10, share)) for level, share in {"CP": 0.4, "CE1": 0.7, "CE2": 0.5, "CM1": 0.6}.items()}
    levels = ("CP CE1 CE2", "CP CE2", "CE1 CM1", "CE1 CM1")
    return made({f"001000{i}A": dict(small[level] for level in each.split()) for i, each in enumerate(levels)})


def period_attack() -> Town:
    """Ten pupils of CP in the second month: the trimester less the first month. In the month itself, CE2 hides with them."""
    town = made({"0010000A": {("CP",): (24, 0.5), ("CE1",): (24, 0.8), ("CE2",): (10, 0.6)}}, months=2)
    town.here[7:21, DAYS_A_MONTH:] = False
    town.minutes *= town.here
    return town


def linked_tables() -> Town:
    """Among the levels, CP hides with CE1. But the tablets that stay at school are those of CP and CM1."""
    groups = {("CP", "false"): (8, 0.5), ("CE1", "true"): (9, 0.7), ("CE2", "true"): (24, 0.6), ("CM1", "false"): (24, 0.8)}
    return made({"0010000A": groups}, ("level", "take_home"))


TRAPS = [(two_per_line, (COUNTS,)), (period_attack, (MINUTES,)), (linked_tables, (MINUTES,))]


@pytest.mark.parametrize(("trap", "measures"), TRAPS, ids=[trap.__name__ for trap, _ in TRAPS])
def test_primary_suppression_loses_what_the_gate_keeps(trap: Callable[[], Town], measures: tuple[str, ...], tmp_path: Path) -> None:
    gated = Gated([trap()], tmp_path, measures)
    assert all_recovered(gated, gated.figures(), measures) == []
    assert all_recovered(gated, gated.with_primary_suppression_only(), measures) != []


def test_the_attacker_looks_at_whole_pupils() -> None:
    """Of 12 pupils, "60 %" is 7 and nothing else; "at most 20 %" is 0, 1 or 2; and "20 %" without a code cannot be 2.4 or less."""
    told = Figure(COUNTS, "0010000A", "2001-09", ALL, ALL, "foreground", 0.6, True, None)
    assert whole_numbers(told, 12) == (7, 7)
    assert whole_numbers(told._replace(value=0.2, reason="at_most"), 12) == (0, 2)
    assert left_open(told._replace(value=0.2), 12) == (0.2, pytest.approx(0.225))
