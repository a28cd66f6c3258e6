"""Contracts and conservation: each fault is planted in a lake that is sound, and is told with its file; a sound lake has none."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pytest

from analysis.checking.complaint import Complaint, worst
from analysis.checking.conservation import conservation
from analysis.checking.contracts import contracts
from analysis.checking.everything import check_everything
from analysis.config import Config
from tests.hand_made import Town, config_in, run

LEAK, FAULT = 4, 1


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town with a good day, an exact duplicate and two rows that are set aside, read and built."""
    config = config_in(tmp_path_factory.mktemp("sound"))
    raw = Town(pupils=2).app("d1", "a", "2025-10-06T07:00", "2025-10-06T07:20").write(config)
    lines = (raw / "events.ndjson").read_text().splitlines()
    (raw / "events.ndjson").write_text("\n".join([*lines, lines[0], "{", "[", ""]))
    run(config)
    return config.data_dir.parent


@pytest.fixture
def config(sound: Path, tmp_path: Path) -> Config:
    """The same town, to be spoilt."""
    return config_in(shutil.copytree(sound, tmp_path / "town"))


def parquet(config: Config, table: str) -> Path:
    return next(config.lake_dir.glob(f"{table}/**/*.parquet"))


def rewrite(config: Config, table: str, change: Callable[[pl.DataFrame], pl.DataFrame]) -> Path:
    path = parquet(config, table)
    change(pl.read_parquet(path)).write_parquet(path)
    return path


def only(complaints: list[Complaint]) -> Complaint:
    assert len(complaints) == 1, complaints
    return complaints[0]


def test_a_sound_lake_has_no_fault(config: Config) -> None:
    assert contracts(config) == []
    assert conservation(config) == []
    assert worst(check_everything(config)) == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda frame: frame.drop("os"), "the column os is missing"),
        (lambda frame: frame.with_columns(model=pl.lit(3)), "the column model is INTEGER, not VARCHAR"),
        (lambda frame: frame.with_columns(kind=pl.lit("toaster")), "2 rows: kind is not one of its values"),
        (lambda frame: frame.with_columns(kind=pl.lit(None, pl.String)), "2 rows: kind is empty"),
    ],
)
def test_columns_types_and_checks_of_a_table(config: Config, change: Callable, said: str) -> None:
    path = rewrite(config, "devices", change)
    found = only(contracts(config))
    assert (found.where, found.exit_code) == (f"devices/{path.name}", FAULT)
    assert found.sentence.startswith(said)


@pytest.mark.parametrize(
    "change",
    [
        lambda frame: frame.with_columns(person_key=pl.lit("Camille Durand")),
        lambda frame: frame.with_columns(first_name=pl.lit("Camille")),
    ],
    ids=["a name for a pseudonym", "a column that nothing declares"],
)
def test_a_name_in_the_lake_is_a_leak_and_is_not_repeated(config: Config, change: Callable) -> None:
    rewrite(config, "people", change)
    found = only(contracts(config))
    assert found.exit_code == LEAK
    assert "Camille" not in str(found)
    assert "first_name" not in str(found)


def test_a_check_of_a_row_is_applied_again(config: Config) -> None:
    rewrite(config, "assignments", lambda frame: frame.with_columns(to_date=pl.lit("1999-01-01").str.to_date()))
    assert "2 rows: to_date: the end is before the start" in only(contracts(config)).sentence


def test_records_and_parquet_name_each_other(config: Config) -> None:
    path = parquet(config, "classes")
    path.rename(path.with_name("orphan.parquet"))
    absent, orphan = contracts(config)
    assert (absent.where, orphan.where) == (f"classes/{path.name}", "classes/orphan.parquet")
    assert "is not there" in absent.sentence and "no record speaks of this file" in orphan.sentence
    assert "1 rows were loaded and kept and 0 stand in the lake" in only(conservation(config)).sentence


def test_what_is_no_parquet(config: Config) -> None:
    parquet(config, "schools").write_bytes(b"not at all")
    assert "not a Parquet file" in only(contracts(config)).sentence


def test_the_warehouse_has_its_tables(config: Config) -> None:
    with duckdb.connect(str(config.warehouse)) as connection:
        connection.execute("DROP TABLE published.settings")
    assert "the table published.settings is missing" in only(contracts(config)).sentence
    config.warehouse.write_bytes(b"no database")
    assert "cannot be opened" in only(contracts(config)).sentence
    config.warehouse.unlink()
    assert "there is no warehouse yet" in only(contracts(config)).sentence


def test_rows_of_the_lake_are_counted_again(config: Config) -> None:
    rewrite(config, "device_events", lambda frame: frame.head(1))
    found = only(conservation(config))
    assert found.where == "events.ndjson"
    assert found.sentence.startswith("2 rows were loaded and kept and 1 stand in the lake")


def test_lines_of_the_quarantine_are_counted_again(config: Config) -> None:
    path = config.quarantine_dir / "events.ndjson.csv"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))
    assert "2 rows were set aside and its quarantine file has 1" in only(conservation(config)).sentence
    path.unlink()
    assert "its quarantine file has 0" in only(conservation(config)).sentence


@pytest.mark.parametrize("fault", [{"rows_read": 9}, {"months": None}], ids=["sums", "shape"])
def test_a_record_that_does_not_add_up_stops_everything(config: Config, fault: dict) -> None:
    path = next(path for path in (config.lake_dir / "files").glob("*.json") if '"events.ndjson"' in path.read_text())
    path.write_text(json.dumps(json.loads(path.read_text()) | fault))
    found = only(check_everything(config))
    assert (found.what, found.where, found.exit_code) == ("conservation", "lake/files", LEAK)
    assert "Nothing else was checked" in found.sentence


def test_an_empty_data_folder_lacks_its_warehouse_only(tmp_path: Path) -> None:
    assert [found.sentence for found in check_everything(config_in(tmp_path))] == ["there is no warehouse yet. Run `cartable build`."]
