"""Monthly marts made elsewhere: what a build lays down for the workers, and where the rows lie that come back.

    told.json            settings, months, the files of the logs by table and month
    members.parquet      who is in which group
    rosters/             the tables of rosters and calendar that monthly marts read
    <mart>/<month>.<group>.parquet, .all.parquet, .kept.parquet

All of it lies in the build's own folder in `data/.staging`, and goes with it. The key of the pseudonyms is no part of it.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from analysis.cluster.client import Cluster
from analysis.cluster.errand import KEPT, MEMBERS, TOLD, Folder, run
from analysis.cluster.groups import groups_of
from analysis.cluster.parts import TOGETHER, Part, Task, is_together, parts_of, tasks_of
from analysis.config import Config
from analysis.engine import literal, quoted
from analysis.header import SqlFile
from analysis.monthly import is_monthly, month_bounds, months_around, set_month
from analysis.tables import load_tables

_READ = re.compile(r"\b(lake|marts)\.(\w+)")
_SETTINGS = {"timezone", "ent", "coverage"}  # all that the SQL of monthly marts asks of the configuration


@dataclass(frozen=True)
class Away:
    """A cluster that makes monthly marts, and the folder, shared by all its machines, in which they are handed over."""

    cluster: Cluster
    path: Path
    config: Config

    def make(
        self,
        marts: list[SqlFile],
        logs: dict[str, dict[str, list[str]]],
        clean: list[str],
        dirty: list[str],
        connection: duckdb.DuckDBPyConnection,
        progress: Callable[[str, int, int], None],
    ) -> None:
        """Makes the monthly ones among these marts for the `dirty` months. Needs the marts of rosters and, with `clean` months, `old`.

        `logs` are the Parquet files of each table of logs by month. Raises ClusterError, or the UserError that a task ended with.
        """
        parts, groups = parts_of(marts), self.cluster.slots
        settings = self.config.model_dump(mode="json", include=_SETTINGS)
        told = {"settings": settings, "memory": self.config.limits.memory, "clean": clean, "dirty": dirty, "groups": groups}
        self._lay_down(told, [mart for mart in marts if is_monthly(mart)], logs, connection)
        tasks, under_way = tasks_of(parts, dirty, groups), dict[Task, Any]()
        for task, before in tasks.items():
            after = [under_way[each] for each in before]
            under_way[task] = self.cluster.submit(
                run, str(self.path), task, after=after, name=f"marts-{task.part}-{task.month}-{task.group}"
            )
        names = {future: _said(task, parts) for task, future in under_way.items()}
        for done, (name, _) in enumerate(self.cluster.results(names), 1):
            progress(name, done, len(tasks))

    def rows(self, mart: SqlFile, month: str) -> str:
        """The SELECT of the rows that were made of one mart and month."""
        files = Folder(self.path).mart(mart.name, month, TOGETHER if is_together(mart) else "*")
        return f"SELECT * FROM read_parquet({literal(str(files))}, hive_partitioning = false)"

    def _lay_down(
        self, told: dict[str, Any], monthly: list[SqlFile], logs: dict[str, dict[str, list[str]]], connection: duckdb.DuckDBPyConnection
    ) -> None:
        for folder in ("rosters", *(mart.name for mart in monthly)):
            (self.path / folder).mkdir(mode=0o700)
        near = {each for month in told["dirty"] for each in months_around(month)}
        set_month(month_bounds(min(near))[0], month_bounds(max(near))[1], connection)
        groups_of(connection, told["groups"]).write_parquet(self.path / MEMBERS)
        made = {("marts", mart.name): mart for mart in monthly}
        read = sorted({relation for mart in monthly for relation in _READ.findall(mart.sql)} - made.keys())
        told["logs"] = {name: logs.get(name, {}) for schema, name in read if _is_log(schema, name)}
        told["rosters"] = [(schema, name) for schema, name in read if not _is_log(schema, name)]
        for schema, name in read:
            # of logs the columns alone, for months without any
            rows = f"SELECT * FROM {schema}.{quoted(name)}{' LIMIT 0' if _is_log(schema, name) else ''}"
            _copy(rows, Folder(self.path).roster(schema, name), connection)
        for name in {name for mart in monthly for name in mart.header.get("neighbours", [])}:
            for month in sorted(near.intersection(told["clean"])):
                rows = f"SELECT * FROM old.marts.{quoted(name)} WHERE {_in_month(made['marts', name], month)}"
                _copy(rows, Folder(self.path).mart(name, month, KEPT), connection)
        (self.path / TOLD).write_text(json.dumps(told), encoding="utf-8")


def _is_log(schema: str, name: str) -> bool:
    return schema == "lake" and name in load_tables() and bool(load_tables()[name].month)


def _in_month(mart: SqlFile, month: str) -> str:
    return f"strftime({quoted(mart.header['month'])}, '%Y-%m') = {literal(month)}"


def _copy(rows: str, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(f"COPY ({rows}) TO {literal(str(path))} (FORMAT parquet)")


def _said(task: Task, parts: list[Part]) -> str:
    """What a person calls a task in a message: its month, its group and what it makes."""
    names = ", ".join(mart.name for mart in parts[task.part].marts)
    return f"{task.month}, {'all groups' if task.group == TOGETHER else f'group {task.group + 1}'} ({names})"
