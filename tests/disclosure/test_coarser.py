"""Coarsen first: a school whose levels are mostly too small for figures shows its cycles; another shows its levels, and no cycles."""

from pathlib import Path

from tests.disclosure.attacker import COUNTS, Figure
from tests.disclosure.test_recovered import made
from tests.disclosure.towns import CYCLES, Gated

SMALL, LARGE = "0010000A", "0010001A"


def figures(sizes: dict[str, dict[str, int]], folder: Path) -> list[Figure]:
    groups = {uai: {(level, CYCLES[level]): (pupils, 0.5) for level, pupils in levels.items()} for uai, levels in sizes.items()}
    return Gated([made(groups, ("level", "cycle"))], folder, (COUNTS,)).figures()[1]


def names(found: list[Figure], uai: str, breakdown: str) -> dict[str, bool]:
    return {figure.category: figure.shown for figure in found if (figure.uai, figure.breakdown) == (uai, breakdown)}


def test_cycles_stand_in_for_small_levels_and_only_for_those(tmp_path: Path) -> None:
    found = figures({SMALL: dict.fromkeys(("CP", "CE1", "CE2", "CM1", "CM2"), 9), LARGE: dict.fromkeys(("CP", "CE1", "CE2"), 24)}, tmp_path)
    assert names(found, SMALL, "level") == {}
    assert names(found, SMALL, "cycle") == {"CP–CE2": True, "CM1–CM2": True}
    assert set(names(found, LARGE, "level")) == {"CP", "CE1", "CE2"}
    assert names(found, LARGE, "cycle") == {}


def test_of_the_whole_territory_there_are_levels(tmp_path: Path) -> None:
    found = figures({SMALL: {"CP": 9, "CE1": 9, "CE2": 9}, LARGE: {"CP": 24, "CE1": 24, "CE2": 24}}, tmp_path)
    assert names(found, "territory", "cycle") == {}
    assert set(names(found, "territory", "level")) == {"CP", "CE1", "CE2"}


def test_a_school_with_half_of_its_levels_large_enough_keeps_them(tmp_path: Path) -> None:
    found = figures({SMALL: {"CP": 24, "CE1": 24, "CE2": 5, "CM1": 5}}, tmp_path)
    assert names(found, SMALL, "cycle") == {}
    assert names(found, SMALL, "level")["CE2"] is False
