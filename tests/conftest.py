"""One demonstration town, read and built once for all tests that look at it."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from analysis.build import build
from analysis.config import Config
from analysis.demo import write_demo
from analysis.demo.plans import FULL_SIZE
from analysis.ingest import ingest
from analysis.lake import FileRecord
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


@pytest.fixture(scope="session")
def demo_town(tmp_path_factory: pytest.TempPathFactory) -> DemoTown:
    """The demonstration, written, ingested and built in a folder of the session."""
    return _town(tmp_path_factory.mktemp("demo"), PUPILS)


@pytest.fixture(scope="session")
def commune(tmp_path_factory: pytest.TempPathFactory) -> DemoTown:
    """The whole commune: classes and schools enough for intervals to tell something."""
    return _town(tmp_path_factory.mktemp("commune"), FULL_SIZE)


def _town(folder: Path, pupils: int) -> DemoTown:
    config = config_in(folder, territory="Valmont-sur-Seine")
    write_demo(config.raw_dir, pupils=pupils, truth_dir=folder / "truth")
    records = ingest(config, [])
    build(config)
    return DemoTown(config, folder / "truth", records)
