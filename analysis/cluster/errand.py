"""A task on a worker: one part of the monthly marts, for one month and one group, by the SQL files that run on one machine too.

It reads and writes in the folder that the build has laid down (away.py), and nothing else. Each mart is written beside and renamed in: a
task that is killed leaves nothing half, and one that runs twice writes the same again. A folder that is gone is not made anew.
"""

import json
import os
import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from analysis.allowance import bytes_of
from analysis.cluster.parts import TOGETHER, Task, is_together, parts_of
from analysis.config import Config
from analysis.engine import literal, prepare, quoted
from analysis.header import SqlFile, in_order, read_folder
from analysis.monthly import month_bounds, months_around, set_month, set_thresholds

MARTS = Path(__file__).parents[1] / "marts"
TOLD, MEMBERS, KEPT = "told.json", "members.parquet", "kept"
_MEMORY_SHARE = 0.6  # of what Dask lets a worker take: beyond its limit stand Python and what the engine does not count


@dataclass(frozen=True)
class Folder:
    """The shared folder of one build, and where each thing lies in it."""

    path: Path

    def mart(self, name: str, month: str, group: int | str) -> Path:
        """The rows of a mart of one month: those of a group, of all together, or (`KEPT`) those of a month that has not changed."""
        return self.path / name / f"{month}.{'all' if group == TOGETHER else group}.parquet"

    def roster(self, schema: str, name: str) -> Path:
        """A table that every task reads."""
        return self.path / "rosters" / f"{schema}.{name}.parquet"


def run(folder: str, task: Task) -> int:
    """Makes the files of a task; on a worker of a cluster. Returns how many rows they have.

    As many tasks as the worker has threads run side by side, so each has one thread of the engine and its part of the memory.
    """
    from distributed import get_worker

    worker = get_worker()
    threads, most = worker.state.nthreads, getattr(worker.memory_manager, "memory_limit", None)
    with tempfile.TemporaryDirectory(prefix="cartable-", dir=worker.local_directory) as spill:
        return make(Folder(Path(folder)), task, Path(spill), threads, most)


def make(folder: Folder, task: Task, spill: Path, share: int = 1, most: int | None = None) -> int:
    """The same anywhere: `spill` is on a disk of this machine, `share` how many tasks share `limits.memory` or `most` bytes."""
    told = json.loads((folder.path / TOLD).read_text(encoding="utf-8"))
    memory = min(bytes_of(told["memory"]), int((most or 2**62) * _MEMORY_SHARE)) // share
    config = Config.model_validate(told["settings"] | {"limits": {"memory": f"{memory}B"}})
    marts = in_order(read_folder(MARTS))
    with duckdb.connect() as connection:
        prepare(connection, config, spill)
        connection.execute("SET threads = 1")
        set_thresholds(config, connection)
        here = _Here(folder, task, told, connection)
        here.open(marts)
        return sum(here.make(mart) for mart in parts_of(marts)[task.part].marts)


class _Here:
    """A database in memory in which the SQL of the marts finds what it reads, no more than the task's own."""

    def __init__(self, folder: Folder, task: Task, told: dict[str, Any], connection: duckdb.DuckDBPyConnection) -> None:
        self._folder, self._task, self._told, self._connection = folder, task, told, connection
        set_month(*month_bounds(task.month), connection)

    def open(self, marts: list[SqlFile]) -> None:
        """Views on the logs, the rosters, and what the parts before this one have made."""
        self._connection.execute("CREATE SCHEMA lake")
        self._connection.execute("CREATE SCHEMA marts")
        whose = "" if self._task.group == TOGETHER else f" WHERE number = {self._task.group}"
        self._connection.execute(
            f"CREATE TABLE mine AS SELECT member FROM read_parquet({literal(str(self._folder.path / MEMBERS))}){whose}"
        )
        for name, files in self._told["logs"].items():
            near = [file for month in months_around(self._task.month) for file in files.get(month, ())]
            self._view("lake", name, near or [str(self._folder.roster("lake", name))], "device_key", "person_key")
        for schema, name in self._told["rosters"]:
            # who holds a device is cut to the group; what is looked up by person stays whole
            self._view(schema, name, [str(self._folder.roster(schema, name))], "device_key")
        parts = parts_of(marts)
        mine = parts[self._task.part].marts
        needed = {name for mart in mine for name in mart.header.get("needs", [])}
        near_too = {name for mart in mine for name in mart.header.get("neighbours", [])}
        for mart in (mart for part in parts[: self._task.part] for mart in part.marts if mart.name in needed):
            self._open_made(mart, months_around(self._task.month) if mart.name in near_too else (self._task.month,))

    def make(self, mart: SqlFile) -> int:
        """Writes the rows of a mart, and lets the marts after it read them; how many they are."""
        path = self._folder.mart(mart.name, self._task.month, self._task.group)
        beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.tmp")
        found = self._connection.execute(f"COPY ({mart.sql}) TO {literal(str(beside))} (FORMAT parquet)").fetchall()
        os.replace(beside, path)
        self._view("marts", mart.name, [str(path)])
        return found[0][0]

    def _open_made(self, mart: SqlFile, months: Sequence[str]) -> None:
        """Of months that are made anew, the files of this group (or of all); of the others, those that the build has copied."""
        group = TOGETHER if is_together(mart) else self._task.group
        groups = range(self._told["groups"]) if group == TOGETHER and not is_together(mart) else [group]
        files = [self._folder.mart(mart.name, month, each) for month in months if month in self._told["dirty"] for each in groups]
        files += [self._folder.mart(mart.name, month, KEPT) for month in months if month in self._told["clean"]]
        self._view("marts", mart.name, list(map(str, files)), "device_key", "person_key")

    def _view(self, schema: str, name: str, files: list[str], *keys: str) -> None:
        """A view on Parquet files, with the rows of the group alone where it has one of these keys."""
        rows = f"SELECT * FROM read_parquet({files!r}, hive_partitioning = false)"
        columns = [column for column, *_ in self._connection.execute(f"DESCRIBE {rows}").fetchall()] if keys else []
        key = next((key for key in keys if key in columns), None)
        mine = "" if key is None or self._task.group == TOGETHER else f" SEMI JOIN main.mine ON {key} = mine.member"
        self._connection.execute(f"CREATE VIEW {schema}.{quoted(name)} AS {rows}{mine}")
