"""One demonstration town, read and built once for all tests that look at it."""

import gc
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest
from filelock import FileLock

from analysis import engine
from analysis.build import build
from analysis.config import Config
from analysis.demo import write_demo
from analysis.demo.plans import FULL_SIZE
from analysis.ingest import ingest
from analysis.lake import FileRecord, Lake
from analysis.pseudonyms import load_pseudonyms
from tests.hand_made import config_in

PUPILS = 240  # about a twelfth of the commune: the same kinds of schools, a few seconds to read


@dataclass(frozen=True)
class DemoTown:
    """The demonstration after ingest and build, and what is true in it."""

    config: Config
    truth_dir: Path
    records: list[FileRecord]

    def truth(self, name: str) -> pl.DataFrame:
        """A table of the truth, with `person_key` beside `person_id` where it has one."""
        frame = pl.read_parquet(self.truth_dir / f"{name}.parquet")
        return self.keyed(frame, "person_id", "person") if "person_id" in frame.columns else frame

    def keyed(self, frame: pl.DataFrame, column: str, domain: str) -> pl.DataFrame:
        """The frame with the pseudonyms of a column of raw identifiers beside it."""
        pseudonyms = load_pseudonyms(self.config)
        names = frame[column].drop_nulls().unique()
        keys = pl.DataFrame({column: names, f"{domain}_key": [pseudonyms.of(domain, name) for name in names]})
        return frame.join(keys, on=column, how="left")


def pytest_collection_finish() -> None:
    """What stands after collecting (modules, thousands of tests) stays to the end: no later collection has to look at it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _one_thread_each(request: pytest.FixtureRequest) -> Iterator[None]:
    """As many processes as cores run the fast tests: threads that share out a town of three pupils cost an eighth and gain nothing.

    The slow tests keep the engine as users have it.
    """
    with pytest.MonkeyPatch.context() as patch:
        if "PYTEST_XDIST_WORKER" in os.environ and request.config.option.markexpr == "not slow":
            limit = engine._limit
            patch.setattr(engine, "_limit", lambda connection, *others: (limit(connection, *others), connection.execute("SET threads = 1")))
        yield


@pytest.fixture(scope="session")
def demo_town(tmp_path_factory: pytest.TempPathFactory) -> DemoTown:
    """The demonstration, written, ingested and built in a folder of the session."""
    return _town("demo", PUPILS, tmp_path_factory)


@pytest.fixture(scope="session")
def commune(tmp_path_factory: pytest.TempPathFactory) -> DemoTown:
    """The whole commune: classes and schools enough for intervals to tell something."""
    return _town("commune", FULL_SIZE, tmp_path_factory)


def _town(name: str, pupils: int, tmp_path_factory: pytest.TempPathFactory) -> DemoTown:
    """Made by the first of the processes that needs it; each gets a copy of its own, for reports leave traces beside the data."""
    base = tmp_path_factory.getbasetemp()
    made = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"{name}-made"
    with FileLock(made.with_suffix(".lock")):
        if not made.exists():
            config = _config(making := made.with_suffix(".making"))
            write_demo(config.raw_dir, pupils=pupils, truth_dir=making / "truth")
            ingest(config, [])
            build(config)
            making.rename(made)
    folder = Path(shutil.copytree(made, tmp_path_factory.mktemp(name), dirs_exist_ok=True))
    return DemoTown(config := _config(folder), folder / "truth", Lake(config).records())


def _config(folder: Path) -> Config:
    return config_in(folder, territory="Valmont-sur-Seine")
