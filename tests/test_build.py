"""The build: only touched months are computed again, the result is that of a build from scratch, and nobody sees half of it."""

import json
import os
import random
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from analysis import build as building
from analysis.build import build
from analysis.config import Config
from analysis.disclosure.apart import copy_published
from analysis.errors import UserError
from analysis.ingest import ingest
from analysis.reports.published import opened
from tests.hand_made import Kept, Town, config_in, rows, run, write_csv
from tests.reports.samples import change

TABLES = "SELECT schema_name, table_name FROM duckdb_tables() WHERE table_name NOT IN ('build_state', 'files') ORDER BY ALL"


def contents(config: Config) -> dict[str, list[tuple]]:
    """Every table of the warehouse, its rows in order."""
    with duckdb.connect(str(config.warehouse), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        tables = connection.execute(TABLES).fetchall()
        return {f"{s}.{t}": connection.execute(f'SELECT * FROM {s}."{t}" ORDER BY ALL').fetchall() for s, t in tables}


def random_events(first: str, days: int, seed: int) -> list[dict]:
    """Android events of two tablets at all hours, so that some use crosses midnight and the ends of months."""
    chance, found = random.Random(seed), []
    start = datetime.fromisoformat(first).replace(tzinfo=UTC)
    for device in ("d1", "d2"):
        at = start
        while at < start + timedelta(days=days):
            at += timedelta(minutes=chance.choice([1, 5, 20, 300]))
            event = {"deviceId": device, "packageName": chance.choice("ab"), "className": "M", "eventType": chance.choice([1, 1, 2, 16])}
            found.append(event | {"timeStamp": int(at.timestamp() * 1000)})
    return found


def drop(config: Config, name: str, events: list[dict]) -> None:
    (config.raw_dir / name).write_text("\n".join(map(json.dumps, events)) + "\n")


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    config = config_in(tmp_path_factory.mktemp("built"))
    Town(pupils=2).write(config)
    for name, first, days, seed in (("a", "2025-09-01", 40, 1), ("b", "2025-10-08", 30, 2), ("c", "2025-11-20", 15, 3)):
        drop(config, f"{name}.ndjson", random_events(first, days, seed))
    run(config)
    return Kept(config)


@pytest.fixture
def town(built_once: Kept) -> Config:
    """Two pupils, with logs from September to early December in three files."""
    return built_once.back()


@pytest.mark.parametrize(
    ("first", "days", "expected"),
    [
        pytest.param("2025-10-12", 5, ("2025-10",), marks=pytest.mark.slow),
        ("2025-10-29", 5, ("2025-10", "2025-11")),
        pytest.param("2025-12-20", 8, ("2025-12",), marks=pytest.mark.slow),
        ("2026-02-10", 8, ("2026-01", "2026-02")),  # January is silent, and must be there all the same
        ("2025-07-10", 8, ()),  # before anybody held a tablet
    ],
)
def test_one_more_file_recomputes_its_months_and_equals_a_fresh_build(
    town: Config, first: str, days: int, expected: tuple[str, ...]
) -> None:
    drop(town, "more.ndjson", random_events(first, days, 9))
    ingest(town, [])
    assert build(town).rebuilt == expected
    incremental = contents(town)
    town.warehouse.unlink()
    build(town)
    fresh = contents(town)
    assert incremental.keys() == fresh.keys()
    for table in fresh:
        assert incremental[table] == fresh[table], table


def test_a_running_month_grows_day_by_day(town: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """Built on 2 December, the month has one day; built again later without any new file, it has more, and only it is computed."""
    whole = contents(town)
    town.warehouse.unlink()
    monkeypatch.setattr(building, "today", lambda: date(2025, 12, 2))
    build(town)
    assert rows(town, "SELECT MAX(local_date) FROM marts.pupil_day") == [(date(2025, 12, 1),)]
    monkeypatch.undo()
    assert build(town).rebuilt == ("2025-12",)
    assert contents(town) == whole


def test_nothing_new_is_nothing_done(town: Config) -> None:
    before = town.warehouse.stat().st_mtime_ns
    result = build(town)
    assert result.is_current
    assert town.warehouse.stat().st_mtime_ns == before


def published(config: Config) -> dict[str, list[tuple]]:
    """The tables that reports see, by their names."""
    with opened(config.published) as database:
        names = [name for (name,) in database.execute("SELECT table_name FROM duckdb_tables()").fetchall() if name != "build_state"]
        return {name: database.execute(f'SELECT * FROM published."{name}" ORDER BY ALL').fetchall() for name in names}


def test_reports_get_a_copy_of_the_published_tables(town: Config) -> None:
    of_the_warehouse = {name.removeprefix("published."): found for name, found in contents(town).items() if name.startswith("published.")}
    assert of_the_warehouse["values"]
    assert published(town) == of_the_warehouse


def test_a_folder_that_moved_is_the_same_town(built_once: Kept, tmp_path: Path) -> None:
    """To another machine, or back from a backup: nothing is computed again, the lake can be asked, and a newer roster takes its place."""
    before = contents(built_once.back())
    moved = config_in(Path(shutil.copytree(built_once.config.data_dir.parent, tmp_path / "elsewhere")))
    shutil.rmtree(built_once.config.data_dir)
    assert build(moved).rebuilt == ()
    assert contents(moved) == before
    assert rows(moved, "SELECT COUNT(*) FROM lake.device_events")[0][0] > 0
    write_csv(moved.raw_dir / "assignments.csv", [{"device_id": "d1", "person_id": "p1", "from_date": "2025-09-01", "to_date": ""}])
    ingest(moved, [])
    build(moved)
    assert rows(moved, "SELECT COUNT(*) FROM lake.assignments") == [(1,)]


@pytest.mark.parametrize("fate", ["lost", "torn", "of another build"])
def test_published_tables_that_do_not_belong_to_the_warehouse_are_copied_again(town: Config, tmp_path: Path, fate: str) -> None:
    """As after a crash between the two renames."""
    whole, before = published(town), town.warehouse.stat().st_mtime_ns
    if fate == "lost":
        town.published.unlink()
    elif fate == "torn":
        town.published.write_bytes(town.published.read_bytes()[:5000])
    else:
        copy_published(town.warehouse, town.published, "another build")
        change(town.published, "DELETE FROM published.settings")
    assert build(town).is_current
    assert published(town) == whole
    assert town.warehouse.stat().st_mtime_ns == before


def test_a_crash_before_both_are_swapped_in_leaves_no_pair_of_two_builds(town: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(town, "more.ndjson", random_events("2025-12-20", 8, 9))
    ingest(town, [])
    swap = os.replace

    def crash(source: Path, target: Path) -> None:
        if target == town.published:
            raise OSError("no more power")
        swap(source, target)

    monkeypatch.setattr(os, "replace", crash)
    with pytest.raises(OSError, match="power"):
        build(town)
    monkeypatch.undo()
    assert build(town).is_current
    assert published(town)["values"] == contents(town)["published.values"]


def test_a_new_roster_recomputes_every_month(town: Config) -> None:
    write_csv(town.raw_dir / "closures.csv", [{"uai": "0920001B", "from_date": "2025-10-06", "to_date": "2025-10-07", "reason": "travaux"}])
    ingest(town, [])
    assert build(town).rebuilt == ("2025-09", "2025-10", "2025-11", "2025-12")
    closed = "SELECT COUNT(*) FROM marts.pupil_day WHERE is_school_day AND local_date BETWEEN '2025-10-06' AND '2025-10-07'"
    assert rows(town, closed) == [(0,)]


def test_a_failed_build_leaves_the_old_warehouse(town: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(town)
    drop(town, "more.ndjson", random_events("2025-10-12", 5, 9))
    ingest(town, [])

    def broken(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(building, "publish", broken)
    with pytest.raises(RuntimeError):
        build(town)
    assert contents(town) == before
    assert [p.name for p in town.data_dir.iterdir() if "building" in p.name] == []


def test_a_reader_is_neither_blocked_nor_shown_half_a_build(town: Config) -> None:
    with duckdb.connect(str(town.warehouse), read_only=True) as reader:
        count = "SELECT COUNT(*) FROM marts.pupil_day"
        before = reader.execute(count).fetchall()
        drop(town, "more.ndjson", random_events("2025-12-20", 8, 9))
        ingest(town, [])
        build(town)
        assert reader.execute(count).fetchall() == before


def test_without_any_file_the_next_step_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cartable ingest"):
        build(config_in(tmp_path))


def test_rosters_alone_make_a_warehouse_without_days(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    Town(pupils=2).write(config)
    run(config)
    assert rows(config, "SELECT COUNT(*) FROM marts.pupil_day") == [(0,)]


def test_the_same_event_in_two_files_counts_once(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    town = Town().app("d1", "a", "2025-10-06T07:00", "2025-10-06T07:20")
    raw = town.write(config)
    town.app("d1", "a", "2025-10-07T07:00", "2025-10-07T07:10")
    (raw / "again.ndjson").write_text("\n".join(map(json.dumps, town.events)))
    run(config)
    assert rows(config, "SELECT SUM(minutes) FROM marts.pupil_day") == [(30,)]


def test_a_wrong_clock_opens_no_months(tmp_path: Path) -> None:
    """A tablet that says 2015 does not make ten years of days without use."""
    config = config_in(tmp_path)
    Town().app("d1", "a", "2015-01-01T00:10", "2015-01-01T00:20").app("d1", "a", "2025-10-06T07:00", "2025-10-06T07:20").write(config)
    ingest(config, [])
    assert build(config).months == ("2025-10",)


def test_a_corrected_roster_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    """The tablet was p2's all along: dropped again under the same name, the roster no longer names p1."""
    config = config_in(tmp_path)
    raw = Town(pupils=2).app("d1", "a", "2025-10-06T07:00", "2025-10-06T07:20").write(config)
    write_csv(raw / "assignments.csv", [{"device_id": "d1", "person_id": "p1", "from_date": "2025-09-01"}])
    run(config)
    first = rows(config, "SELECT DISTINCT person_key FROM marts.pupil_day WHERE minutes > 0")
    write_csv(raw / "assignments.csv", [{"device_id": "d1", "person_id": "p2", "from_date": "2025-09-01"}])
    run(config)
    second = rows(config, "SELECT DISTINCT person_key FROM marts.pupil_day WHERE minutes > 0")
    assert len(second) == 1
    assert second != first
    write_csv(raw / "assignments.csv", [{"device_id": "d1", "person_id": "p1", "from_date": "2025-09-01"}])
    run(config)
    assert rows(config, "SELECT DISTINCT person_key FROM marts.pupil_day WHERE minutes > 0") == first
