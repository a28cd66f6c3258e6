"""What a day takes from each file of the lake, and the carrying out: the promise first, then one file after the other.

A run that is killed in between leaves each file whole or cut; the next `cartable forget` or `cartable ingest` goes on where it stopped.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from analysis.config import Config
from analysis.engine import new_connection, quoted
from analysis.forgetting.cuts import ROOM, Cut, find_cuts, set_day, write_anew
from analysis.forgetting.erasure.plan import erase_again
from analysis.forgetting.notes import keep_notes
from analysis.header import in_order, read_folder
from analysis.lake import Lake
from analysis.open_lake import open_lake
from analysis.retention import Retention, load_retention, save_retention


@dataclass(frozen=True)
class Plan:
    """What each file loses, and an open connection with the schema `forgetting`, one table per SQL file of this folder."""

    day: date
    cuts: list[Cut]
    connection: duckdb.DuckDBPyConnection
    staging: Path


def forget_again(config: Config, lake: Lake) -> bool:
    """Takes out of the lake what an ingest brought back or a killed run left; whether files have to be read again.

    Rosters have to where somebody who was too old comes back: named by a newer row, a person like any other, whose row in a roster is gone.
    Whoever was forgotten on request stays so, whatever names them; logs are read again where less was theirs than was known.
    """
    keep_notes(lake)
    is_less = erase_again(config, lake)
    if lake.keeps_from is None:
        return is_less
    retention = load_retention(config)
    with plan_of(lake.keeps_from, retention, lake, config) as plan:
        return carry_out(plan, retention, lake, config) or is_less


@contextmanager
def plan_of(day: date, retention: Retention, lake: Lake, config: Config) -> Iterator[Plan]:
    """What each file of the lake would lose. Nothing is changed."""
    with lake.staging() as staging, new_connection(config, staging) as connection:
        open_lake(lake, lake.loaded(), connection)
        set_day(day, config, connection)
        for domain, marks in (("person", retention.persons), ("device", retention.devices)):
            connection.register(f"forgotten_{domain}", pl.DataFrame({"mark": sorted(marks)}, schema={"mark": pl.String}))
        connection.execute("CREATE SCHEMA forgetting")
        for file in in_order(read_folder(ROOM)):
            connection.execute(f"CREATE TABLE forgetting.{quoted(file.name)} AS {file.sql}")
        yield Plan(day, find_cuts(lake, day, connection), connection, staging)


def carry_out(plan: Plan, retention: Retention, lake: Lake, config: Config) -> bool:
    """Keeps the promise, cuts the files, and lets those go from the list who are back; whether a roster is to be read again for them."""
    persons = retention.persons | _marks("person", True, plan.connection)
    devices = retention.devices | _marks("device", True, plan.connection)
    save_retention(replace(retention, persons=persons, devices=devices), config)
    for cut in plan.cuts:
        write_anew(cut, plan.day, lake, plan.staging, plan.connection)
    back = (persons & _marks("person", False, plan.connection), devices & _marks("device", False, plan.connection))
    if any(back):
        _to_be_read_again(lake)
        save_retention(replace(retention, persons=persons - back[0], devices=devices - back[1]), config)
    return any(back)


def _to_be_read_again(lake: Lake) -> None:
    undated = {name for name, file in read_folder(ROOM).items() if file.header.get("comes_back")}
    for record in lake.loaded():
        if record.table in undated and record.rows_forgotten:
            lake.remember(replace(record, version=""))


def _marks(domain: str, is_over: bool, connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    query = 'SELECT mark FROM forgetting.mark WHERE "domain" = ? AND is_over = ?'
    return frozenset(mark for (mark,) in connection.execute(query, [domain, is_over]).fetchall())
