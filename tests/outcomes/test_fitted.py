"""The models of a town: roles, what is adjusted for how many are looked at, and what is fitted once."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from analysis.outcomes import fitted as module
from analysis.outcomes.fitted import fitted

CLASSES, PUPILS = 24, 18
DAY = dt.date(2025, 12, 11)
NO_CLASSES = pl.DataFrame(schema=dict.fromkeys(("period", "evidence", "test", "domain"), pl.String))


def town(domain: str, within: float, period: str = "2025-T1", role: str = "exploratory", seed: int = 1) -> pl.DataFrame:
    """Pupils of 24 classes in eight schools; `within` SD of the result for ten minutes more than the class."""
    rng = np.random.default_rng(seed)
    room = np.repeat(np.arange(CLASSES), PUPILS)
    minutes = 10 + rng.normal(0, 3, CLASSES)[room] + rng.normal(0, 4, len(room))
    ability = rng.normal(0, 1, len(room))
    mean = (np.bincount(room, minutes) / PUPILS)[room]
    later = 0.7 * ability + within * (minutes - mean) / 10 + rng.normal(0, 0.2, CLASSES)[room] + rng.normal(0, 0.5, len(room))
    return pl.DataFrame(
        {
            "period": period,
            "test": "T",
            "domain": domain,
            "role": role,
            "person_key": [f"p{i:04}" for i in range(len(room))],
            "taken_on": DAY,
            "score": 50 + 10 * later,
            "school_uai": [f"s{k // 3}" for k in room],
            "class_key": [f"k{k}" for k in room],
            "level": [("CP", "CE1")[k % 2] for k in room],
            "prior_taken_on": dt.date(2025, 9, 18),
            "prior_score": 50 + 10 * ability,
            "ips": [80.0 + 5 * (k // 3) for k in room],
            "evidence": "foreground",
            "minutes": minutes,
        }
    )


def terms(rows: module.Rows, term: str = "within") -> dict[str, dict]:
    return {str(row["domain"]): row for row in rows["progress_term"] if row["term"] == term}


def test_a_planted_slope_is_found_and_none_where_none_is() -> None:
    rows = fitted(pl.concat([town("lecture", 0.8), town("calcul", 0.0, seed=2)]), NO_CLASSES, None)
    found = terms(rows)
    spread = town("lecture", 0.8)["score"].std() / 10  # slopes are in SD of the result
    assert found["lecture"]["low"] < 0.8 / spread < found["lecture"]["high"]
    assert found["lecture"]["low"] > 0
    assert found["calcul"]["low"] < 0 < found["calcul"]["high"]
    assert found["calcul"]["detectable"] > 0
    assert {row["role"] for row in rows["progress_model"]} == {"exploratory"}
    assert len(rows["progress_seat"]) == 2 * CLASSES * PUPILS


def test_chance_counts_how_many_are_looked_at_but_for_the_primary_one() -> None:
    towns = [town("a", 0.3, role="primary"), *(town(name, 0.2, role="secondary", seed=k) for k, name in enumerate("bcd", 2))]
    found = terms(fitted(pl.concat(towns), NO_CLASSES, {"registered_on": dt.date(2025, 9, 1), "evidence": "foreground"}))
    assert found["a"]["role"] == "primary" and found["a"]["chance"] == found["a"]["p_value"]
    rest = [found[name] for name in "bcd"]
    assert {row["role"] for row in rest} == {"secondary"}
    smallest = min(rest, key=lambda row: row["p_value"])
    assert smallest["chance"] == pytest.approx(
        min(row["p_value"] * 3 / rank for rank, row in enumerate(sorted(rest, key=lambda r: r["p_value"]), 1))
    )


@pytest.mark.parametrize(
    ("protocol", "role", "is_late"),
    [
        ({"registered_on": DAY - dt.timedelta(1), "evidence": "foreground"}, "primary", False),
        ({"registered_on": DAY, "evidence": "foreground"}, "exploratory", True),
        ({"registered_on": DAY - dt.timedelta(1), "evidence": "active"}, "exploratory", False),
    ],
)
def test_an_outcome_is_primary_only_if_it_was_announced_before_the_test_and_for_these_minutes(
    protocol: dict, role: str, is_late: bool
) -> None:
    [model] = fitted(town("lecture", 0.0, role="primary"), NO_CLASSES, protocol)["progress_model"]
    assert (model["role"], model["is_late"]) == (role, is_late)


def test_the_same_pupils_in_two_periods_are_fitted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls, ours = [], module.value_added
    monkeypatch.setattr(module, "value_added", lambda *given: calls.append(1) or ours(*given))
    rows = fitted(pl.concat([town("lecture", 0.5), town("lecture", 0.5, period="2025-2026")]), NO_CLASSES, None)
    assert len(calls) == 1
    assert [row["value"] for row in rows["progress_term"] if row["period"] == "2025-T1"] == [
        row["value"] for row in rows["progress_term"] if row["period"] == "2025-2026"
    ]


def test_few_classes_are_refused_with_the_reason() -> None:
    few = town("lecture", 0.5).filter(pl.col("class_key").is_in(["k0", "k1", "k2"]))
    rows = fitted(few, NO_CLASSES, None)
    assert {(row["part"], row["refusal"]) for row in rows["progress_attempt"]} == {
        ("within", "too few classes"),
        ("between", "too few classes"),
    }
    assert not rows["progress_term"]


def class_means(slope: float) -> pl.DataFrame:
    """Means of 24 classes, `slope` SD of pupils for ten minutes more, with a pupil or two of each."""
    rng = np.random.default_rng(7)
    minutes = 10 + rng.normal(0, 4, CLASSES)
    prior = 50 + rng.normal(0, 3, CLASSES)
    units = pl.DataFrame(
        {
            "period": "2025-T1",
            "unit_key": [f"k{k}" for k in range(CLASSES)],
            "test": "T",
            "domain": "lecture",
            "role": "exploratory",
            "taken_on": DAY,
            "mean_score": 10 + 0.9 * prior + 10 * slope * minutes / 10 + rng.normal(0, 0.5, CLASSES),
            "sd_score": 10.0,
            "pupils": [20] * CLASSES,
            "prior_taken_on": dt.date(2025, 9, 18),
            "prior_mean_score": prior,
            "level": "CE1",
            "ips": None,
            "evidence": "foreground",
            "minutes": minutes,
        }
    )
    return pl.concat([units.with_columns(person_key=pl.format("p{}", pl.col("unit_key")) + pl.lit(each)) for each in ("a", "b")])


def test_means_of_classes_compare_classes_alone() -> None:
    rows = fitted(town("calcul", 0.0).clear(), class_means(0.4), None)
    assert {(row["part"], row["refusal"]) for row in rows["progress_attempt"]} == {("within", "only groups"), ("between", "")}
    [term] = rows["progress_term"]
    assert term["term"] == "between" and term["low"] < 0.4 < term["high"] and term["low"] > 0
    assert len(rows["progress_seat"]) == 2 * CLASSES


def test_means_without_the_spread_of_pupils_are_refused() -> None:
    rows = fitted(town("calcul", 0.0).clear(), class_means(0.4).with_columns(sd_score=pl.lit(None, pl.Float64)), None)
    assert ("between", "no spread of pupils") in {(row["part"], row["refusal"]) for row in rows["progress_attempt"]}
