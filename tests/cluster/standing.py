"""A real Dask cluster on this machine: a scheduler and workers, each a process of its own, on ports that the system chooses."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
_ALONE = "300"  # seconds after which a process that nobody speaks to ends, should the tests be killed


@dataclass
class Standing:
    """The processes of a cluster; `address` is the scheduler's."""

    folder: Path
    processes: list[subprocess.Popen] = field(default_factory=list)
    address: str = ""

    def scheduler(self) -> None:
        """Starts the scheduler, and returns when it can be reached."""
        told = self.folder / "scheduler.json"
        self._start(
            "scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--no-show",
            "--idle-timeout",
            _ALONE,
            "--scheduler-file",
            str(told),
        )
        while not told.exists() or not told.read_text():
            assert self.processes[0].poll() is None, "the scheduler ended"
            time.sleep(0.05)
        self.address = json.loads(told.read_text())["address"]

    def worker(self) -> subprocess.Popen:
        """One more worker of one thread, without a nanny that would start it again."""
        folder = self.folder / f"worker-{len(self.processes)}"
        options = (
            "--nthreads",
            "1",
            "--no-nanny",
            "--no-dashboard",
            "--host",
            "127.0.0.1",
            "--local-directory",
            str(folder),
            "--death-timeout",
            _ALONE,
        )
        return self._start("worker", self.address, *options)

    def _start(self, what: str, *options: str) -> subprocess.Popen:
        log = (self.folder / f"{what}-{len(self.processes)}.log").open("w")
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
        command = [sys.executable, "-m", "distributed.cli.dask_" + what, *options]
        self.processes.append(subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log))
        return self.processes[-1]

    def end(self) -> None:
        """Ends every process that was started here."""
        for process in reversed(self.processes):
            process.kill()
            process.wait()


@contextmanager
def standing(folder: Path, workers: int) -> Iterator[Standing]:
    """A cluster with so many workers, which may still be starting."""
    cluster = Standing(folder)
    try:
        cluster.scheduler()
        for _ in range(workers):
            cluster.worker()
        yield cluster
    finally:
        cluster.end()
