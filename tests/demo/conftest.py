"""One small demonstration for all tests of this folder."""

from pathlib import Path
from typing import NamedTuple

import pytest

from analysis.demo import DemoSummary, write_demo


class Demo(NamedTuple):
    """Where the raw exports and their truth are, and what write_demo said."""

    raw: Path
    truth: Path
    summary: DemoSummary


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    summary = write_demo(folder / "raw", pupils=200, truth_dir=folder / "truth")
    return Demo(folder / "raw", folder / "truth", summary)
