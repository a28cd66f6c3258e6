"""Adoption over the years: refused without schools that never had tablets, and found where it was planted."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from analysis.config import Config
from analysis.outcomes.adoption import adoption
from tests.hand_made import UAI, Town, config_in, rows, run, write_csv

FIRST, YEARS = 2022, range(2019, 2025)


def cells(effect: float, equipped: int = 8, never: int = 8, seed: int = 3) -> pl.DataFrame:
    """Schools in one test over six years, on a scale of 0 to 500 whose pupils spread by 50; `effect` SD from 2022 on."""
    rng = np.random.default_rng(seed)
    rows = []
    for school in range(equipped + never):
        is_equipped, level = school < equipped, rng.normal(250, 15)
        for year in YEARS:
            moved = 50 * effect * (is_equipped and year >= FIRST) + 4 * (year - 2019) + rng.normal(0, 3)
            rows.append((f"s{school}", "Évaluation CE1", "français", year, 40, level + moved, 50.0, FIRST if is_equipped else None))
    columns = ("uai", "test", "domain", "year_from", "pupils", "mean_score", "sd_score", "first_year_from")
    return pl.DataFrame(rows, schema=columns, orient="row")


def test_a_planted_change_is_found_in_standard_deviations() -> None:
    found = adoption(cells(0.3))
    assert not isinstance(found, str)
    [overall], [placebo] = ([row for row in found if row["part"] == part] for part in ("overall", "placebo"))
    assert overall["low"] < 0.3 < overall["high"] and overall["low"] > 0.15
    assert overall["chance"] < 0.01
    assert placebo["low"] < 0 < placebo["high"]
    assert overall["pupils"] == 8 * 40
    assert sorted(int(row["category"]) for row in found if row["part"] == "since") == [-2, -1, 0, 1, 2]


def test_nothing_is_found_where_nothing_was_planted() -> None:
    found = adoption(cells(0.0))
    assert not isinstance(found, str)
    [overall] = [row for row in found if row["part"] == "overall"]
    assert overall["low"] < 0 < overall["high"] and overall["chance"] > 0.05 and overall["detectable"] > 0


def test_a_test_that_only_equipped_schools_sat_is_left_out() -> None:
    alone = cells(0.9, never=0).with_columns(test=pl.lit("Évaluation CP"))
    assert adoption(alone) == "nobody without tablets"
    both, without = adoption(pl.concat([cells(0.3), alone])), adoption(cells(0.3))
    assert both == without


def group_results(uai: str, years: list[int]) -> list[dict]:
    common = {"class_id": "", "uai": uai, "test": "Évaluation CE1", "domain": "français", "pupils": 30, "scale": "0-500", "sd_score": 50}
    return [{**common, "taken_on": f"{year}-10-02", "mean_score": 240 + year - 2020} for year in years]


def protocol(never: list[str]) -> str:
    named = ", ".join(f'"{uai}"' for uai in never)
    return f"""registered_on = 2025-09-10
[primary]
test = "Évaluation CE1"
domain = "français"
[adoption]
never = [{named}]
[[adoption.cohort]]
test = "Évaluation CE1"
domain = "français"
first_year = "2024-2025"
"""


@pytest.mark.parametrize(
    ("never", "results", "reason"),
    [
        (["0921111H"], [UAI, "0921111H"], "too few schools"),
        ([], [UAI], "nobody without tablets"),
        (["0921111H"], [UAI], "nobody without tablets"),
        (["0921111H"], [], "no results of schools"),
        (["0921111H"], ["0921111H"], "no results of schools"),
    ],
)
def test_a_comparison_that_lacks_a_side_is_refused_with_the_reason(
    never: list[str], results: list[str], reason: str, tmp_path: Path
) -> None:
    assert asked(tmp_path, never, [row for uai in results for row in group_results(uai, [2022, 2023, 2024, 2025])]) == [(False, reason)]


def test_one_school_on_a_side_is_too_few() -> None:
    assert not isinstance(adoption(cells(0.3, equipped=2, never=2)), str)
    assert adoption(cells(0.3, equipped=1, never=2)) == adoption(cells(0.3, equipped=2, never=1)) == "too few schools"


def asked(folder: Path, never: list[str], results: list[dict]) -> list[tuple]:
    config: Config = config_in(folder)
    raw = Town().app("d1", "a", "2025-10-06T09:00", "2025-10-06T09:10").write(config)
    if results:
        write_csv(raw / "group_assessments.csv", results)
    config.reference_dir.mkdir()
    (config.reference_dir / "protocol.toml").write_text(protocol(never), encoding="utf-8")
    run(config)
    return rows(config, "SELECT is_answered, reason FROM published.questions WHERE question = 'adoption' AND period = '2025-T1'")
