"""Readers hold the databases open, or open them anew, while builds swap under them: no error, and each connection sees one build whole."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis.build import build
from analysis.config import Config
from analysis.databases import beside, swap_in
from analysis.ingest import ingest
from tests.faults import reader
from tests.faults.town import read_and_build_the_first_files, write_town


@dataclass(frozen=True)
class Two:
    """A configuration with a warehouse, and the databases of two builds with the answers that a reader of each must get."""

    config: Config
    folders: tuple[Path, Path]
    of_warehouse: list[list]
    of_published: list[list]

    def swap(self, number: int) -> None:
        """The swap of a build, without its work: the one and the other in turn."""
        for path in (self.config.warehouse, self.config.published):
            shutil.copyfile(self.folders[number % 2] / path.name, beside(path))
        swap_in(self.config.warehouse)
        swap_in(self.config.published)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    folder = tmp_path_factory.mktemp("readers")
    config = write_town(folder)
    read_and_build_the_first_files(config)
    kept = folder / "first", folder / "second"
    for number, place in enumerate(kept):
        if number:
            ingest(config, [])
            build(config)
        place.mkdir()
        for path in (config.warehouse, config.published):
            shutil.copyfile(path, place / path.name)
    found = [_both(place) for place in kept]
    assert all(a != b for a, b in zip(found[0][0], found[1][0], strict=True) if a is not None), "the builds differ in every total"
    return Two(config, kept, sorted(each[0] for each in found), sorted(each[1] for each in found))


def _both(folder: Path) -> tuple[list, list]:
    warehouse = reader.answers(str(folder / "warehouse.duckdb"), reader._OF_WAREHOUSE)[0]
    published = reader.answers(str(folder / "published.duckdb"), reader._OF_PUBLISHED)[0]
    return json.loads(json.dumps([warehouse, published], default=float))


@pytest.mark.parametrize(("readers", "swaps"), [(3, 25), pytest.param(10, 300, marks=pytest.mark.slow)])
def test_readers_see_one_build_whole(two: Two, readers: int, swaps: int) -> None:
    command = [sys.executable, reader.__file__, str(two.config.warehouse), str(two.config.published)]
    at_work = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(readers)]
    for number in range(swaps):
        two.swap(number)
    for _ in range(3 if readers > 5 else 0):  # and builds themselves, from the first state to the second
        two.swap(0)
        assert not build(two.config).is_current
    told = [json.loads(process.communicate("")[0]) for process in at_work]
    assert [each["errors"] for each in told] == [[]] * readers
    assert sum(each["changed"] for each in told) == 0
    assert sum(each["opened"] for each in told) >= readers
    assert {json.dumps(row) for each in told for row in each["warehouse"]} == {json.dumps(row) for row in two.of_warehouse}
    assert {json.dumps(row) for each in told for row in each["published"]} == {json.dumps(row) for row in two.of_published}


def test_who_opens_both_can_tell_a_pair_of_two_builds(two: Two) -> None:
    """Between the two renames; the names of the builds differ then, and are the same at every other time."""
    for number in (0, 1):
        two.swap(number)
        assert _names(two.config) == 1
    shutil.copyfile(two.folders[0] / "warehouse.duckdb", beside(two.config.warehouse))
    swap_in(two.config.warehouse)
    assert _names(two.config) == 2
    two.swap(1)


def _names(config: Config) -> int:
    of_warehouse = reader.answers(str(config.warehouse), reader._OF_WAREHOUSE)[0][0]
    return len({of_warehouse, reader.answers(str(config.published), reader._OF_PUBLISHED)[0][0]})
