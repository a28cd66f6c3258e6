"""A town that is read once, and the warehouse that one machine makes of it."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis.build import build
from analysis.config import Config
from analysis.ingest import ingest
from tests.cluster.town import write_town
from tests.hand_made import config_in
from tests.test_build import contents


@dataclass(frozen=True)
class Built:
    """A town, and every row of what one machine makes of it."""

    config: Config
    rows: dict[str, list[tuple]]

    def copy(self, folder: Path) -> Config:
        """The same town elsewhere, with its warehouse."""
        shutil.copytree(self.config.data_dir.parent, folder / "town")
        return config_in(folder / "town")


@pytest.fixture(scope="package")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    config = config_in(tmp_path_factory.mktemp("alone"))
    write_town(config)
    ingest(config, [])
    build(config)
    return Built(config, contents(config))
