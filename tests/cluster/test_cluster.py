"""A real cluster of two workers on this machine: the same rows and the same reports, a worker that is killed, what goes wrong."""

import shutil
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from analysis.build import build
from analysis.cluster import client
from analysis.cluster.client import connected
from analysis.cluster.work import ClusterError
from analysis.config import Config
from analysis.errors import DONE_IN_PART, WRONG_INPUT, UserError
from analysis.reports.orders import Request
from analysis.reports.runner import make_reports
from tests.cluster.conftest import Built
from tests.cluster.deeds import SECRET, die, mistake, shout, sleep, tasks_left
from tests.cluster.standing import Standing, standing
from tests.cluster.test_rows import differing
from tests.test_build import contents


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    with standing(tmp_path_factory.mktemp("two"), 2) as cluster:
        yield cluster


def test_two_workers_make_the_rows_of_one_machine(built: Built, two: Standing, tmp_path: Path) -> None:
    config = built.copy(tmp_path)
    config.warehouse.unlink()
    told: list[str] = []
    with connected(two.address) as cluster:
        deadline = time.monotonic() + 60
        while cluster.workers() < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert cluster.workers() == 2
    build(config, lambda step, done, of: told.append(step), two.address)
    assert differing(contents(config), built.rows) == []
    assert any(step.startswith("2025-10, group 2") for step in told)
    assert list((config.data_dir / ".staging").iterdir()) == []


def test_a_fault_on_a_worker_is_told_without_a_value(two: Standing) -> None:
    with connected(two.address) as cluster:
        with pytest.raises(ClusterError, match="^ValueError on a worker, at line [0-9]+ of deeds.py.$") as told:
            cluster.result(cluster.submit(shout, name="shout"))
        with pytest.raises(UserError, match="^Do something else.$"):
            cluster.result(cluster.submit(mistake, name="mistake"))
        after = cluster.submit(sleep, 0, after=[cluster.submit(mistake, name="mistake")], name="sleep")
        with pytest.raises(UserError, match="^Do something else.$"):
            cluster.result(after)
    assert told.value.exit_code == DONE_IN_PART
    assert SECRET not in "".join(path.read_text() for path in two.folder.glob("*.log"))


def test_a_worker_with_other_code_is_told(two: Standing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "edition", lambda: "another")
    with connected(two.address) as cluster, pytest.raises(ClusterError, match="another version of Cartable"):
        cluster.result(cluster.submit(sleep, 0, name="sleep"))


def test_an_interrupted_build_leaves_no_task_and_no_file(built: Built, two: Standing, tmp_path: Path) -> None:
    config = built.copy(tmp_path)
    before = config.published.read_bytes()
    config.warehouse.unlink()

    def stop(step: str, done: int, of: int) -> None:
        if "group" in step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(config, stop, two.address)
    with connected(two.address) as cluster:
        deadline = time.monotonic() + 20
        while (left := cluster._client.run_on_scheduler(tasks_left)) and time.monotonic() < deadline:
            time.sleep(0.05)
    assert left == 0
    assert list((config.data_dir / ".staging").iterdir()) == [] and config.published.read_bytes() == before


def test_without_the_extra_one_sentence_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UserError, match="`uv sync --extra cluster`") as told, connected("tcp://127.0.0.1:1"):
        pass
    assert told.value.exit_code == WRONG_INPUT


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "tls://127.0.0.1:1", "gopher://127.0.0.1:1"])
def test_nobody_at_an_address_is_one_sentence(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "ANSWERS_WITHIN", 0.5)
    with pytest.raises(UserError, match=f"^No Dask scheduler answers at {address} .*dask scheduler"), connected(address):
        pass


@pytest.mark.slow
def test_a_cluster_that_falls_apart_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler alone; a worker that dies of its task; no worker any more; no scheduler any more."""
    monkeypatch.setattr(client, "ANSWERS_WITHIN", 0.5)
    monkeypatch.setattr(client, "PATIENCE", 0.5)
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    with standing(tmp_path, 0) as alone:
        with pytest.raises(UserError, match="has no worker. Start one on each machine: `dask worker tcp://"), connected(alone.address):
            pass
        monkeypatch.setattr(client, "ANSWERS_WITHIN", 60)
        alone.worker()
        with connected(alone.address) as cluster, pytest.raises(ClusterError, match="^one worker after the other died of it"):
            cluster.result(cluster.submit(die, name="die"))
        worker = alone.worker()
        with connected(alone.address) as cluster:
            task = cluster.submit(sleep, 600, name="sleep")
            worker.kill()
            with pytest.raises(ClusterError, match="died of it|No worker of tcp://.* has been there"):
                cluster.result(task)
            waiting = cluster.submit(sleep, 600, name="sleep")
            with pytest.raises(ClusterError, match="No worker of tcp://.* has been there"):
                cluster.result(waiting)
            alone.processes[0].kill()
            with pytest.raises(ClusterError, match="connection to the scheduler at tcp://.* broke"):
                cluster.result(waiting)


@pytest.mark.slow
def test_a_worker_killed_half_way_costs_no_row(built: Built, tmp_path: Path) -> None:
    config = built.copy(tmp_path)
    config.warehouse.unlink()
    (tmp_path / "cluster").mkdir()
    told: list[bool] = []
    with standing(tmp_path / "cluster", 2) as cluster:
        with connected(cluster.address) as seen:
            while seen.workers() < 2:
                time.sleep(0.05)
        victim = cluster.processes[2]

        def kill_at_work() -> None:
            while not list((cluster.folder / "worker-2").glob("**/cartable-*")):  # what a task spills to stands while it runs
                time.sleep(0.001)
            victim.kill()

        killer = threading.Thread(target=kill_at_work)
        killer.start()
        build(config, lambda step, done, of: told.append(victim.poll() is not None), cluster.address)
        killer.join()
    assert victim.returncode == -9 and told.count(True) > 10  # most of the work came after
    assert differing(contents(config), built.rows) == []


@pytest.mark.slow
def test_reports_of_a_cluster_are_the_same_files(built: Built, two: Standing, tmp_path: Path) -> None:
    config = built.copy(tmp_path)
    request = Request(kinds=["usage", "adoption"], periods=["2025-09"])
    alone = make_reports(request, config, produced_on=date(2026, 1, 5))
    expected = files_of(config)
    shutil.rmtree(config.reports_dir)
    begun: list[str] = []
    made = make_reports(request, config, produced_on=date(2026, 1, 5), begun=lambda order: begun.append(order.label), scheduler=two.address)
    assert [each.error for each in (*alone, *made)] == [""] * 2 * len(alone)
    assert sorted(begun) == sorted(each.order.label for each in made) and len(made) >= 4
    assert files_of(config) == expected


def files_of(config: Config) -> dict[str, bytes]:
    return {
        path.relative_to(config.reports_dir).as_posix(): path.read_bytes() for path in config.reports_dir.glob("**/*") if path.is_file()
    }
