"""`cartable forget`: what is older than a day leaves the lake and the warehouse, and does not come back."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import duckdb

from analysis.build import build, today
from analysis.config import Config
from analysis.databases import beside, remove
from analysis.disclosure.ledger import forget_people
from analysis.errors import UserError
from analysis.faults import fault_of_machine
from analysis.forgetting.plan import carry_out, plan_of
from analysis.forgetting.raw import OldRaw, find_old_raw
from analysis.lake import Lake
from analysis.retention import Run, load_retention

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Forgotten:
    """What a forgetting takes, or would take: the day from which data are kept, rows by table, files of the lake, raw files to delete.

    `warehouse_error` says why the warehouse could not be made again; then it was removed, for it held what was forgotten.
    """

    keeps_from: date
    rows: dict[str, int]
    files: int
    raw: list[OldRaw]
    is_done: bool
    warehouse_error: str = ""


def forget(config: Config, day: date, is_sure: bool, progress: Progress = lambda step, done, of: None) -> Forgotten:
    """Forgets what is older than `day`; without `is_sure` only says what would go. Call it under the lock.

    A day before that of an earlier forgetting forgets nothing more: what is gone stays gone. Raises UserError for a damaged promise.
    """
    retention = load_retention(config)
    day = max(day, retention.keeps_from or day)
    lake = Lake(config)
    lake.sweep()
    with plan_of(day, retention, lake, config) as plan:
        rows = Counter[str]()
        for cut in plan.cuts:
            rows[cut.record.table] += cut.rows
        raw = find_old_raw(config, lake, {cut.record.sha: cut.rows for cut in plan.cuts})
        told = Forgotten(day, dict(sorted(rows.items())), len(plan.cuts), raw, is_sure)
        if is_sure:
            news = [Run(today().isoformat(), day.isoformat(), rows.total())] if rows or day != retention.keeps_from else []
            carry_out(plan, replace(retention, keeps_from=day, runs=(*retention.runs, *news)), lake, config)
            forget_people(config, day)
    return replace(told, warehouse_error=renew_warehouse(config, progress)) if is_sure else told


def renew_warehouse(config: Config, progress: Progress) -> str:
    """Builds the warehouse without what was forgotten; where that fails, or nothing is left, removes it and says why."""
    remove(beside(config.warehouse))
    if not config.warehouse.exists():
        return ""
    why = ""
    try:
        if Lake(config).loaded():
            build(config, progress)
            return ""
    except (UserError, OSError, duckdb.Error) as error:
        why = str(fault_of_machine(error) or error)
    remove(config.warehouse)
    remove(config.published)
    return why
