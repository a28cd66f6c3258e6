"""Reports of the demonstration town, made once for all tests that look at them or spoil them."""

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
import pytest

from analysis.checking.complaint import Complaint
from analysis.checking.outputs import faults_of
from analysis.checking.permitted import Permitted
from analysis.checking.persons import People
from analysis.checking.released import released_figures
from analysis.config import Config
from analysis.errors import REFUSED_BY_DISCLOSURE
from analysis.reports.orders import Request
from analysis.reports.runner import make_reports
from tests.conftest import DemoTown

SCHOOL, PERIOD = "9980001C", "2025-T1"


@dataclass(frozen=True)
class Published:
    """A folder of reports with the figures that were released."""

    config: Config
    released: pl.DataFrame
    permitted: Permitted
    people: People

    @property
    def folder(self) -> Path:
        """Of the school."""
        return self.config.reports_dir / PERIOD / SCHOOL

    def complaints(self) -> list[Complaint]:
        """The leaks that the check finds. That files were changed or put there is told too, and no help: the tests do nothing else."""
        paths = sorted(path for path in self.config.reports_dir.rglob("*") if path.is_file())
        told = faults_of(paths, self.config.reports_dir, self.permitted, self.people)
        return [complaint for complaint in told if complaint.exit_code == REFUSED_BY_DISCLOSURE]


@pytest.fixture(scope="session")
def five_kinds(demo_town: DemoTown, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """A report of each kind, some in French and some in English."""
    french = Request(kinds=["usage", "equity"], schools=[SCHOOL]), Request(kinds=["quality"])
    english = Request(kinds=["adoption"], schools=[SCHOOL], lang="en"), Request(kinds=["territory"], lang="en")
    return made(demo_town.config, tmp_path_factory.mktemp("five"), (*french, *english))


def made(town: Config, folder: Path, requests: Iterable[Request]) -> Published:
    """Reports of a town in a folder of their own, with its figures."""
    config = town.model_copy(update={"reports_dir": folder / "reports"})
    for request in requests:
        assert [result.error for result in make_reports(request, config) if result.error] == []
    released = released_figures(config)
    permitted = Permitted(config, released)
    return Published(config, released, permitted, People(config, permitted.school_names))


@pytest.fixture
def usage(five_kinds: Published, tmp_path: Path) -> Published:
    """The French usage report of the school alone, in a folder that may be spoilt."""
    config = five_kinds.config.model_copy(update={"reports_dir": tmp_path / "reports"})
    copy = replace(five_kinds, config=config)
    for name in ("usage.pdf", "usage.html", "notebooks/usage.ipynb"):
        (copy.folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(five_kinds.folder / name, copy.folder / name)
    manifest = json.loads((five_kinds.config.reports_dir / PERIOD / "manifest.json").read_text())
    manifest["reports"] = [
        entry for entry in manifest["reports"] if (entry["kind"], entry["lang"], entry["uai"]) == ("usage", "fr", SCHOOL)
    ]
    (config.reports_dir / PERIOD / "manifest.json").write_text(json.dumps(manifest))
    return copy
