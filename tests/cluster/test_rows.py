"""Rows made elsewhere are those that one machine makes, to the last bit of every number: with tasks run one by one, without Dask."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from analysis.build import build
from analysis.cluster import client, errand
from analysis.cluster.errand import MARTS, Folder
from analysis.cluster.parts import Task, is_together, parts_of, tasks_of
from analysis.config import Config
from analysis.header import SqlFile, in_order, read_folder
from analysis.ingest import ingest
from analysis.monthly import monthly_after_rosters
from tests.cluster.conftest import Built
from tests.cluster.town import DAYS, FIRST, write_logs, write_portal, write_town
from tests.hand_made import config_in, run
from tests.test_build import contents


class OneByOne:
    """In the place of a cluster: each task is run as it is submitted. Keeps the tasks."""

    def __init__(self, slots: int, spill: Path) -> None:
        self.slots, self._spill, self.tasks = slots, spill, list[Task]()

    def submit(self, function: object, folder: str, task: Task, *, after: list[Task], name: str) -> Task:
        assert function is errand.run and set(after) <= set(self.tasks) and name
        errand.make(Folder(Path(folder)), task, self._spill)
        self.tasks.append(task)
        return task

    def results(self, tasks: dict[Task, str]) -> Iterator[tuple[str, int]]:
        yield from ((label, 0) for label in tasks.values())


@pytest.fixture
def one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OneByOne:
    cluster = OneByOne(3, tmp_path / "spill")

    @contextmanager
    def connected(address: str) -> Iterator[OneByOne]:
        yield cluster

    monkeypatch.setattr(client, "connected", connected)
    return cluster


def differing(found: dict[str, list[tuple]], expected: dict[str, list[tuple]]) -> list[str]:
    assert found.keys() == expected.keys()
    return [table for table in expected if found[table] != expected[table]]


def columns(config: Config) -> list[tuple]:
    with duckdb.connect(str(config.warehouse), read_only=True) as connection:
        return connection.execute("SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() ORDER BY ALL").fetchall()


@pytest.mark.slow
def test_all_rows_and_their_types_are_those_of_one_machine(built: Built, one_by_one: OneByOne, tmp_path: Path) -> None:
    config = built.copy(tmp_path)
    expected = columns(config)
    config.warehouse.unlink()
    build(config, scheduler="tcp://nobody")
    assert {task.month for task in one_by_one.tasks} == {"2025-09", "2025-10", "2025-11"}
    assert differing(contents(config), built.rows) == []
    assert columns(config) == expected
    assert list((config.data_dir / ".staging").iterdir()) == []


def test_the_town_has_what_could_go_wrong(built: Built) -> None:
    """Use over the end of a month, a trolley and a tablet of two schools, iPads that count with their kin, an account of nobody."""
    crossing = [row for row in built.rows["marts.use_interval"] if row[4].month != row[5].month]
    days = built.rows["marts.device_day"]
    schools = {key: {row[1] for row in days if row[0] == key} for key in {row[0] for row in days}}
    assert crossing
    assert sum(len(uais) == 2 for uais in schools.values()) == 3
    assert {row[2] for row in built.rows["marts.device_month"]} == {"foreground", "checkin"}
    assert [row for row in built.rows["marts.portal_day"] if ":" in row[1]]


@pytest.mark.slow
def test_a_new_day_makes_its_months_alone_and_equals_a_build_from_scratch(built: Built, one_by_one: OneByOne, tmp_path: Path) -> None:
    config = built.copy(tmp_path)
    write_logs(config.raw_dir, "more", ["d1", "d8", "trolley"], FIRST + timedelta(DAYS), 3, random.Random(3))
    write_portal(config.raw_dir, "ent-more", FIRST + timedelta(DAYS), 3, random.Random(4))
    ingest(config, [])
    assert build(config, scheduler="tcp://nobody").rebuilt == ("2025-11",)
    found = contents(config)
    assert {task.month for task in one_by_one.tasks} == {"2025-11"}
    config.warehouse.unlink()
    build(config)
    assert differing(found, contents(config)) == []


@pytest.mark.parametrize(("mart", "key"), [("app_span", "neighbours"), ("portal_visit", "neighbours"), ("device_month", "together")])
@pytest.mark.slow
def test_a_header_that_says_too_little_is_found_out(
    built: Built, one_by_one: OneByOne, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mart: str, key: str
) -> None:
    """Without the months beside it, or without the other groups, a mart has other rows: the comparison above would see it."""
    config = built.copy(tmp_path)
    config.warehouse.unlink()

    def misread(folder: Path) -> dict[str, SqlFile]:
        files = dict(read_folder(folder))
        if folder == MARTS:
            files[mart] = replace(files[mart], header={name: said for name, said in files[mart].header.items() if name != key})
        return files

    monkeypatch.setattr("analysis.build.read_folder", misread)
    monkeypatch.setattr(errand, "read_folder", misread)
    build(config, scheduler="tcp://nobody")
    assert f"marts.{mart}" in differing(contents(config), built.rows)


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "slots"), [(0, 1), (1, 7), (2, 2)])
def test_random_towns_in_any_number_of_groups(one_by_one: OneByOne, tmp_path: Path, seed: int, slots: int) -> None:
    config = config_in(tmp_path / "town")
    write_town(config, 100 + seed)
    run(config)
    expected = contents(config)
    config.warehouse.unlink()
    one_by_one.slots = slots
    build(config, scheduler="tcp://nobody")
    assert differing(contents(config), expected) == []


def test_a_task_comes_after_all_that_it_reads() -> None:
    marts = monthly_after_rosters(in_order(read_folder(MARTS)))
    parts = parts_of(marts)
    made = {mart.name: number for number, part in enumerate(parts) for mart in part.marts}
    tasks = tasks_of(parts, ["2025-09", "2025-10", "2025-12"], 2)
    spans = next(task for task in tasks if task.part == made["app_span"] and task.month == "2025-10" and task.group == 1)
    assert [(task.month, task.group) for task in tasks[spans] if task.part == made["use_interval"]] == [("2025-09", 1), ("2025-10", 1)]
    months = next(task for task in tasks if task.part == made["device_month"] and task.month == "2025-12")
    assert is_together(next(mart for mart in marts if mart.name == "device_month"))
    assert [(task.part, task.month, task.group) for task in tasks[months]] == [(made["device_seen"], "2025-12", g) for g in (0, 1)]
    order = list(tasks)
    assert all(order.index(before) < order.index(task) for task, waited in tasks.items() for before in waited)
