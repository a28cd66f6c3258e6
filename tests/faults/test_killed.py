"""Runs that are killed: the next one ends where an uninterrupted one would have, row for row, and nothing half-written stays."""

import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from analysis import build as building
from analysis.build import build
from analysis.config import Config
from analysis.databases import swap_in
from analysis.errors import UserError
from analysis.forgetting.forget import forget
from analysis.ingest import ingest
from analysis.lake import Lake
from analysis.reports.runner import make_report
from tests.faults.moments import Killed, killed_at
from tests.faults.town import (
    archive_of,
    copied,
    database_of,
    everything,
    finish,
    kill_after,
    lake_of,
    read_and_build_the_first_files,
    strays,
    write_town,
)
from tests.hand_made import UAI, Town, config_in, run

_KILLS, _BATCHES = 200, 20
EVERY = pytest.mark.parametrize("every", [pytest.param(9, id="some steps"), pytest.param(1, id="all steps", marks=pytest.mark.slow)])


@pytest.fixture
def small(tmp_path: Path) -> Config:
    """An archive of two files of logs, one of them with a row that is set aside, beside rosters that are read already."""
    config = config_in(tmp_path)
    Town().write(config)
    ingest(config, [])
    for name in ("one", "two"):
        Town().app("d1", name, "2025-10-06T07:00", "2025-10-06T07:20").app("d1", name, "2025-11-06T07:00", "2025-11-06T07:20").write(config)
        (config.raw_dir / "events.ndjson").rename(config.raw_dir / name)
    parts = {
        "one.ndjson": (config.raw_dir / "one").read_text(),
        "two.ndjson": (config.raw_dir / "two").read_text() + '{"deviceId": "d1"}\n',
    }
    (config.raw_dir / "archive.zip").write_bytes(archive_of(parts))
    for name in ("one", "two"):
        (config.raw_dir / name).unlink()
    return config


def at_every_step(config: Config, work: Callable[[], object], base: Path, every: int) -> None:
    """Kills a piece of work before each step that changes a file (or every second, third...) and does it again: the lake is the same."""
    config.data_dir.rename(base)
    copied(config, base)
    with killed_at(10**9) as count:
        work()
    expected = lake_of(config)
    assert count[0] > 10
    for step in range(0, count[0], every):
        copied(config, base)
        with pytest.raises(Killed), killed_at(step):
            work()
        work()
        assert lake_of(config) == expected, f"killed before step {step}"
        assert strays(config) == [], f"killed before step {step}"


@EVERY
def test_an_archive_that_is_killed_at_any_step_is_read_to_its_end(small: Config, tmp_path: Path, every: int) -> None:
    at_every_step(small, lambda: ingest(small, []), tmp_path / "base", every)
    assert len(Lake(small).loaded("device_events")) == 2


@EVERY
def test_a_file_read_again_is_what_it_was_or_what_it_becomes(small: Config, tmp_path: Path, every: int) -> None:
    """After an upgrade; whoever builds before the next ingest must not find new rows beside a record of the old ones."""
    ingest(small, [])
    for record in Lake(small).loaded("device_events"):
        path = small.lake_dir / "files" / f"{record.sha}.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | {"version": "an older one"}))
        for parquet in Lake(small).parquet(record):
            parquet.write_bytes(b"rows of the older one")

    def work() -> None:
        for record in Lake(small).loaded("device_events"):
            is_old = [path.read_bytes() == b"rows of the older one" for path in Lake(small).parquet(record)]
            assert is_old == [record.version == "an older one"] * 2
        ingest(small, [])

    at_every_step(small, work, tmp_path / "base", every)


@EVERY
def test_a_forgetting_that_is_killed_at_any_step_is_carried_out(small: Config, tmp_path: Path, every: int) -> None:
    ingest(small, [])
    at_every_step(small, lambda: forget(small, date(2025, 11, 1), is_sure=True), tmp_path / "base", every)
    assert [r.rows_forgotten for r in Lake(small).loaded("device_events")] == [2, 2]


def test_a_first_run_that_is_killed_at_any_step_has_a_whole_key_or_none(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    config.raw_dir.mkdir(parents=True)
    with killed_at(10**9) as count:
        ingest(config, [])
    for step in range(count[0]):
        (tmp_path / "key").unlink()
        (config.lake_dir / "key-fingerprint").unlink()
        with pytest.raises(Killed), killed_at(step):
            ingest(config, [])
        ingest(config, [])
        assert len((tmp_path / "key").read_bytes()) == 32
        assert strays(config) == []
    assert [path.name for path in tmp_path.iterdir() if path.name not in ("data", "key")] == []


def test_a_build_killed_between_its_two_swaps_lets_no_report_out(small: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page would show the figures of one build, and the ledger keep those of the other."""
    run(small)
    Town().app("d1", "c", "2025-10-07T07:00", "2025-10-07T07:30").write(small)
    ingest(small, [])
    before = database_of(small.warehouse)

    def dying(path: Path) -> None:
        if path == small.published:
            raise Killed
        swap_in(path)

    monkeypatch.setattr(building, "swap_in", dying)
    with pytest.raises(Killed):
        build(small)
    monkeypatch.undo()
    assert database_of(small.warehouse) != before
    with pytest.raises(UserError, match="Run `cartable build`"):
        make_report("usage", UAI, "2025-10", "fr", ["html"], small)
    assert build(small).is_current
    of_warehouse = {name: rows for name, rows in database_of(small.warehouse).items() if name.startswith("published.")}
    assert database_of(small.published) == of_warehouse
    assert strays(small) == []


def test_what_a_killed_build_or_a_power_cut_left_is_no_part_of_the_next_build(small: Config) -> None:
    """Databases in the making, their journals, what was spilt, a torn warehouse, and the journal of a program that wrote into it."""
    run(small)
    expected = everything(small)
    small.warehouse.write_bytes(small.warehouse.read_bytes()[:20_000])
    for name in ("warehouse.building", "warehouse.building.wal", "published.building", "published.building.wal", "warehouse.duckdb.wal"):
        (small.data_dir / name).write_bytes(b"half of something")
    (small.data_dir / ".staging" / "duckdb_temp_storage_DEFAULT-0.tmp").write_bytes(b"spilt")
    build(small)
    assert everything(small) == expected
    assert strays(small) == []


@dataclass(frozen=True)
class Before:
    """Data folders before each command, the seconds that it works when nobody kills it, and what stands afterwards."""

    config: Config
    folders: dict[str, Path]
    seconds: dict[str, float]
    after: dict[str, dict[str, object]]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Before:
    folder = tmp_path_factory.mktemp("killed")
    config = write_town(folder)
    read_and_build_the_first_files(config)
    record = next(path for path in (config.lake_dir / "files").glob("*.json") if "october" in path.read_text())
    record.write_text(json.dumps(json.loads(record.read_text()) | {"version": "an older one"}))  # it is read again
    folders, seconds, after = {}, {}, {}
    for name in ("ingest", "build"):
        folders[name] = folder / f"before {name}"
        config.data_dir.rename(folders[name])
        copied(config, folders[name])
        start = time.monotonic()
        code, _, complaints = finish(config, name)
        seconds[name] = time.monotonic() - start
        assert code == 0, complaints
        assert strays(config) == []
        after[name] = everything(config)
    assert after["build"] != after["ingest"]
    return Before(config, folders, seconds, after)


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(_BATCHES))
def test_killed_at_random_moments(before: Before, batch: int) -> None:
    """Half of the moments in ingest, half in build, spread over all the time that each takes."""
    chance, kills = random.Random(batch), _KILLS // _BATCHES
    for number in range(kills):
        name = "ingest" if number % 2 else "build"
        copied(before.config, before.folders[name])
        share = (batch + chance.random()) / _BATCHES
        kill_after(before.config, before.seconds[name] * share, name)
        standing = [database_of(path) for path in (before.config.warehouse, before.config.published)]
        allowed = [before.after["ingest"], before.after[name]]
        assert standing[0] in [each["warehouse"] for each in allowed], f"{name} killed at {share:.3f}"
        assert standing[1] in [each["published"] for each in allowed], f"{name} killed at {share:.3f}"
        _ = ingest(before.config, []) if name == "ingest" else build(before.config)
        assert everything(before.config) == before.after[name], f"{name} killed at {share:.3f}"
        (before.config.data_dir / ".lock-holder").unlink(missing_ok=True)  # the rerun above does not go through the command line
        assert strays(before.config) == [], f"{name} killed at {share:.3f}"
