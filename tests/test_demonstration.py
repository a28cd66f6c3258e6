"""The whole path on the demonstration: what is found equals what the behaviour model says, and nobody can be read out of it."""

import json
import re
from pathlib import Path

import duckdb
import polars as pl
import pytest

from analysis.lake import LOADED
from tests.conftest import DemoTown
from tests.hand_made import frame

MILLISECOND = 0.0005  # seconds: half of what the exports write


def differences(found: pl.DataFrame, true: pl.DataFrame, keys: list[str], value: str) -> pl.DataFrame:
    """The rows that one side lacks or where the values differ."""
    both = found.join(true, on=keys, how="full", suffix="_true", coalesce=True)
    return both.filter((pl.col(value).fill_null(0) - pl.col(f"{value}_true").fill_null(0)).abs() > MILLISECOND)


@pytest.mark.parametrize("evidence", ["foreground", "active"])
def test_minutes_of_every_pupil_and_day_are_the_truth(demo_town: DemoTown, evidence: str) -> None:
    is_mine = (pl.col("evidence") == evidence) & (pl.col("kind") == "individual") & (pl.col("profile") == "student")
    true = demo_town.truth("person_days").filter(is_mine, pl.col("seconds") > 0)
    found = frame(demo_town.config, f"SELECT * FROM marts.pupil_day WHERE evidence = '{evidence}' AND seconds > 0")
    assert true.height > 500
    assert differences(found, true, ["uai", "person_key", "local_date"], "seconds").is_empty()
    if evidence == "foreground":
        assert differences(found, true, ["uai", "person_key", "local_date"], "in_school_seconds").is_empty()


def test_pupil_days_are_the_school_days_of_equipped_pupils(demo_town: DemoTown) -> None:
    days = ["uai", "person_key", "local_date"]
    true = demo_town.truth("expected_days").select(days)
    found = frame(demo_town.config, "SELECT DISTINCT uai, person_key, local_date FROM marts.pupil_day WHERE is_school_day")
    assert true.join(found, on=days, how="anti").is_empty()
    assert found.join(true, on=days, how="anti").is_empty()


def test_every_device_day_of_the_trolleys_is_the_truth(demo_town: DemoTown) -> None:
    is_shared = (pl.col("kind") == "shared") & (pl.col("seconds") > 0)
    true = demo_town.keyed(demo_town.truth("device_days").filter(is_shared), "device_id", "device")
    query = (
        "SELECT device_key, local_date, SUM(seconds) AS seconds FROM marts.device_day WHERE kind = 'shared' AND seconds > 0 GROUP BY ALL"
    )
    assert true.height > 20
    assert differences(frame(demo_town.config, query), true, ["device_key", "local_date"], "seconds").is_empty()


def test_portal_visits_and_lower_bounds_are_the_truth(demo_town: DemoTown) -> None:
    true = demo_town.truth("portal_days").group_by("person_key", "local_date").agg(pl.sum("visits"), pl.sum("seconds"))
    query = "SELECT person_key, local_date, visits, minutes * 60 AS seconds FROM marts.portal_day"
    found = frame(demo_town.config, query)
    assert true.height > 1000
    for value in ("visits", "seconds"):
        mine = found.with_columns(pl.col(value).cast(pl.Float64))
        assert differences(mine, true.with_columns(pl.col(value).cast(pl.Float64)), ["person_key", "local_date"], value).is_empty()


def test_measures_are_the_totals_of_the_truth(demo_town: DemoTown) -> None:
    is_month = pl.col("month").str.contains(r"^\d{4}-\d{2}$")
    true = pl.read_parquet(demo_town.truth_dir / "totals.parquet").filter(is_month, pl.col("seconds").is_not_null())
    names = {
        "minutes_per_pupil_day": (pl.col("seconds") / 60, pl.col("pupil_days")),
        "share_pupil_days_used": (pl.col("used_days"), pl.col("pupil_days")),
        "share_pupil_days_under_5": (pl.col("under_5"), pl.col("pupil_days")),
        "share_pupil_days_5_30": (pl.col("from_5_to_30"), pl.col("pupil_days")),
        "share_pupil_days_over_30": (pl.col("over_30"), pl.col("pupil_days")),
    }
    for measure, (numerator, denominator) in names.items():
        query = f"""SELECT uai, period AS month, evidence, numerator, denominator FROM measures."values"
                    WHERE measure = '{measure}' AND breakdown = 'all' AND uai <> 'territory'"""
        expected = true.select("uai", "month", "evidence", numerator=numerator.cast(pl.Float64), denominator=denominator.cast(pl.Float64))
        both = frame(demo_town.config, query).join(expected, on=["uai", "month", "evidence"], how="right", suffix="_true")
        assert both.height >= 30
        assert both.filter((pl.col("numerator") - pl.col("numerator_true")).abs().fill_null(1) > 0.001).is_empty(), measure
        assert both.filter(pl.col("denominator") != pl.col("denominator_true")).is_empty(), measure


def test_rows_are_conserved_and_faults_found_as_planted(demo_town: DemoTown) -> None:
    assert all(r.status == LOADED for r in demo_town.records)
    planted = json.loads((demo_town.truth_dir / "files.json").read_text())
    found = {re.sub(r"\.zip/.*", ".zip", r.file): (r.rows_read, r.rows_quarantined, r.rows_duplicate) for r in demo_town.records}
    true = {p["file"]: (p["rows"], p["bad"], p["duplicates"]) for p in planted}
    assert len(true) > 50
    assert found == true


def test_no_raw_identifier_is_left_anywhere(demo_town: DemoTown) -> None:
    """Every identifier, name and e-mail of the exports, looked for in the bytes of all that was written and in decoded Parquet."""
    secrets = set(demo_town.truth("personal_values")["value"])
    assert len(secrets) > 500
    places = [p for folder in ("lake", "quarantine") for p in (demo_town.config.data_dir / folder).rglob("*") if p.is_file()]
    texts = [decoded(path) for path in [*places, demo_town.config.warehouse]]
    words = {word for text in texts for word in re.split(r"[^\w.@+-]+", text)}
    assert secrets & words == set()
    whole = "\n".join(texts)
    assert [s for s in secrets if " " in s and s in whole] == []


def decoded(path: Path) -> str:
    """A file as text: Parquet and DuckDB by their rows (every text column), anything else by its bytes."""
    if path.suffix == ".duckdb":
        with duckdb.connect(str(path), read_only=True) as connection:
            tables = connection.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
            return "\n".join(texts_of(f'FROM {s}."{t}"', connection) for s, t in tables)
    if path.suffix == ".parquet":
        with duckdb.connect() as connection:
            return texts_of(f"FROM read_parquet('{path}')", connection)
    return path.read_text(encoding="utf-8", errors="replace")


def texts_of(source: str, connection: duckdb.DuckDBPyConnection) -> str:
    """The distinct values of every text column of a relation, a line each."""
    columns = [name for name, kind, *_ in connection.execute(f"DESCRIBE {source}").fetchall() if "VARCHAR" in kind]
    values = [v for c in columns for (v,) in connection.execute(f'SELECT DISTINCT CAST("{c}" AS VARCHAR) {source}').fetchall()]
    return "\n".join(v for v in values if v)
