"""From lake to warehouse: marts, measures, published, in a new database that is swapped in with one rename.

Beside it stands a copy of `published` alone, in a database of its own, which is all that reports open. It bears the hash of the
warehouse's state: after a crash between the two renames, the next build sees that they do not belong together, and copies again.

Only the months that new or removed files touch are computed again; the others are copied from the old warehouse. A month always
looks at the same stretch of raw data (its own days and a margin), so the result is that of a build from scratch.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb

from analysis.comments import comment_on
from analysis.config import Config
from analysis.databases import beside, remove, swap_in, write_out
from analysis.disclosure.apart import build_of, copy_published
from analysis.disclosure.ledger import strangers
from analysis.disclosure.publish import publish
from analysis.engine import literal, prepare
from analysis.errors import UserError
from analysis.files import sha256_of_all
from analysis.forgetting.plan import forget_again
from analysis.header import in_order, read_folder
from analysis.lake import FileRecord, Lake
from analysis.measures import make_measures
from analysis.monthly import is_monthly, make_mart, month_bounds, monthly_after_rosters, set_thresholds
from analysis.open_lake import open_lake
from analysis.outcomes.announced import load_announced
from analysis.outcomes.made import make_outcomes
from analysis.tables import load_tables
from analysis.warehouse import load_days, load_plans

if TYPE_CHECKING:
    from analysis.cluster.away import Away

_HERE = Path(__file__).parent
_EDGE_DAYS = 3  # rows this near to the end of a month may change the next one
_NO_MONTH = "1900-01"
_WHERE = "lake"
_CODE = (
    "build.py",
    "warehouse.py",
    "open_lake.py",
    "engine.py",
    "macros.sql",
    "counting.sql",
    "comments.py",
    "header.py",
    "monthly.py",
    "cluster/*",
    *(
        f"{room}/*"
        for room in ("marts", "measures", "outcomes", "statistics", "disclosure", "disclosure/queries", "calendar", "reference", "tables")
    ),
)

_SETTINGS = {"timezone", "territory", "contact", "language", "privacy", "coverage", "ent"}

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class BuildResult:
    """What a build did: the months of the data, and those that were computed again (none: nothing had changed)."""

    months: tuple[str, ...]
    rebuilt: tuple[str, ...]
    is_current: bool


def build(config: Config, progress: Progress = lambda step, done, of: None, scheduler: str = "") -> BuildResult:
    """Brings the warehouse, and the published tables beside it, up to date with the lake.

    `scheduler`: address of a Dask scheduler whose workers make the months that have changed. Raises UserError when nothing was ingested,
    when the calendar lacks a year, or when the cluster fails.
    """
    lake = Lake(config)
    lake.sweep()
    forget_again(config, lake)  # what a run that was killed brought back is in no warehouse
    records = lake.loaded()
    if not records:
        raise UserError(f"There is nothing to build: drop exports in {config.raw_dir} and run `cartable ingest`, or try `cartable demo`.")
    months = _months(records)
    state = _state(config, records, months, lake.keeps_from)
    before = _state_of(config.warehouse)
    with _made_beside(config):
        if before == state and not _has_strangers(config):
            if build_of(config.published) != _name_of(state):
                copy_published(config.warehouse, beside(config.published), _name_of(state))
                swap_in(config.published)
            return BuildResult(months, (), True)
        dirty = _dirty_months(records, months, state, before)
        with lake.staging() as spill, _away(scheduler, config, spill) as away, duckdb.connect(str(beside(config.warehouse))) as connection:
            prepare(connection, config, spill)
            _build(config, lake, records, months, dirty, connection, progress, away)
            _keep_state(state, connection)
            comment_on(connection)
            write_out(connection)
        copy_published(beside(config.warehouse), beside(config.published), _name_of(state))
        swap_in(config.warehouse)
        swap_in(config.published)
    return BuildResult(months, tuple(dirty), False)


@contextmanager
def empty_warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse in memory, made of nothing: every table that a build makes, with its columns and comments, and no row."""
    with TemporaryDirectory() as folder, duckdb.connect() as connection:
        nothing = Config.model_validate({"data_dir": folder, "privacy": {"key_file": f"{folder}/key"}})
        prepare(connection, nothing, Path(folder))
        _build(nothing, Lake(nothing), [], (), [], connection, lambda step, done, of: None)
        _keep_state({}, connection)
        comment_on(connection)
        yield connection


@contextmanager
def _away(scheduler: str, config: Config, folder: Path) -> Iterator["Away | None"]:
    """A cluster, where one is asked for: only then is its code imported."""
    if not scheduler:
        yield None
        return
    from analysis.cluster.away import Away
    from analysis.cluster.client import connected

    with connected(scheduler) as cluster:
        yield Away(cluster, folder, config)


@contextmanager
def _made_beside(config: Config) -> Iterator[None]:
    """Neither what a killed build left nor what this one leaves when it fails stays beside the databases."""
    made = [beside(config.warehouse), beside(config.published)]
    for path in made:
        remove(path)
    try:
        yield
    finally:
        for path in made:
            remove(path)


def _build(
    config: Config,
    lake: Lake,
    records: list[FileRecord],
    months: tuple[str, ...],
    dirty: list[str],
    connection: duckdb.DuckDBPyConnection,
    progress: Progress,
    away: "Away | None" = None,
) -> None:
    connection.execute("CREATE SCHEMA marts")
    connection.execute("CREATE SCHEMA measures")
    set_thresholds(config, connection)
    open_lake(lake, records, connection)
    load_days(config, lake, *_span(months, lake.keeps_from), connection)
    load_plans(config, connection)
    load_announced(config, connection)
    clean = [m for m in months if m not in dirty]
    if clean:
        connection.execute(f"ATTACH {literal(str(config.warehouse))} AS old (READ_ONLY)")
    marts = monthly_after_rosters(in_order(read_folder(_HERE / "marts")))
    is_away = False
    for done, mart in enumerate(marts):
        if away and dirty and is_monthly(mart) and not is_away:
            away.make(marts, lake.logs_by_month(records), clean, dirty, connection, progress)
            is_away = True
        progress(mart.name, done, len(marts) + 3)
        make_mart(mart, clean, dirty or [_NO_MONTH], connection, away.rows if away and is_away else None)
    if clean:
        connection.execute("DETACH old")
    progress("outcomes", len(marts), len(marts) + 3)
    make_outcomes(connection)
    progress("measures", len(marts) + 1, len(marts) + 3)
    make_measures(connection)
    progress("published", len(marts) + 2, len(marts) + 3)
    publish(config, connection)
    connection.execute("CREATE VIEW lake.use_intervals AS SELECT *, CAST(NULL AS VARCHAR) AS person_key FROM marts.use_interval")


def _months(records: list[FileRecord]) -> tuple[str, ...]:
    """Every month from the first to the last that a log speaks of; a silent month in between counts, as days without any news.

    What a tablet says of days before anybody held one is the work of a wrong clock, and opens no month. Nor do statistics: years of
    open data on a school say nothing of its tablets.
    """
    held_from = min((r.first[:7] for r in records if r.table == "assignments" and r.first), default="")
    logs = [r for r in records if r.table != "portal_counts"]
    met = sorted({month for r in logs for month in r.months if r.table == "portal_events" or month >= held_from})
    if not met:
        return ()
    first, last = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (met[0], met[-1]))
    return tuple(f"{i // 12}-{i % 12 + 1:02}" for i in range(first, last + 1))


def _span(months: tuple[str, ...], keeps_from: date | None) -> tuple[date, date]:
    """The days that the logs speak of: whole months, but never a day that has not ended yet, nor one that was forgotten."""
    if not months:
        return month_bounds(_NO_MONTH)
    first, last = max(month_bounds(months[0])[0], keeps_from or date.min), month_bounds(months[-1])[1]
    return first, min(last, max(today() - timedelta(1), first))


def today() -> date:
    """Today in UTC; it only decides how far a month that still runs is counted."""
    return datetime.now(tz=UTC).date()


def _dirty_months(records: list[FileRecord], months: tuple[str, ...], state: dict, before: dict | None) -> list[str]:
    if before is None or any(before.get(key) != state[key] for key in ("code", "settings", "rosters", "reference")):
        return list(months)
    now, then = dict(state["logs"]), dict(before["logs"])
    changed = [now.get(sha) or then[sha] for sha in now.keys() ^ then.keys()]
    touched = {month for days in changed for month in _touched(days)} | _of_another_length(months, state["span"], before["span"])
    return [m for m in months if m in touched]


def _of_another_length(months: tuple[str, ...], now: list[str], then: list[str]) -> set[str]:
    """The months that the last build did not have, or had only the first days of."""
    next_day = date.fromisoformat(min(now[1], then[1])) + timedelta(1)
    is_late = {m for m in months if m >= next_day.strftime("%Y-%m")} if now[1] != then[1] else set()
    is_early = {m for m in months if m < then[0][:7]}
    return is_late | is_early | ({now[0][:7], then[0][:7]} if now[0] != then[0] else set())


def _touched(days: list) -> set[str]:
    """The months of a file and those whose margin its first and last days reach into."""
    first, last, months = date.fromisoformat(days[0][:10]), date.fromisoformat(days[1][:10]), days[2]
    near = {d.strftime("%Y-%m") for edge in (first, last) for d in (edge - timedelta(_EDGE_DAYS), edge + timedelta(_EDGE_DAYS))}
    inner = {(date.fromisoformat(f"{m}-15") + timedelta(31 * step)).strftime("%Y-%m") for m in months[1:-1] for step in (-1, 1)}
    return {*months, *near, *inner}


def _state(config: Config, records: list[FileRecord], months: tuple[str, ...], keeps_from: date | None) -> dict:
    """What the warehouse is a function of: code, settings, rosters and calendar files, span of days, logs."""
    logged = {t.name for t in load_tables().values() if t.month}
    apart = {t.name for t in load_tables().values() if not t.feeds_marts}
    return {
        "code": sha256_of_all(sorted(p for pattern in _CODE for p in _HERE.glob(pattern) if p.suffix != ".pyc")),
        "settings": config.model_dump_json(include=_SETTINGS, exclude={"privacy": {"key_file"}}),  # wherever the key lies
        "plans": config.model_dump_json(include={"deployment", "equity", "costs"}),  # they change no month
        "rosters": [_content(r) for r in records if r.table not in logged | apart],  # in their order: the newest row wins
        "totals": [_content(r) for r in records if r.table in apart],  # they change no month either
        "reference": sha256_of_all(sorted(config.reference_dir.glob("**/*"))),
        "span": [d.isoformat() for d in _span(months, keeps_from)],
        _WHERE: str(config.lake_dir.resolve()),  # the views of the lake say so
        "kept_from": str(keeps_from),  # periods that began before it have no figures
        "logs": sorted([_content(r), [r.first, r.last, list(r.months)]] for r in records if r.table in logged and r.months),
    }


def _content(record: FileRecord) -> str:
    """Stands for the rows of a file that are in the lake."""
    return f"{record.stem} {record.version} {record.rows_forgotten}"


def _state_of(warehouse: Path) -> dict | None:
    if not warehouse.exists():
        return None
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return json.loads(connection.execute("SELECT state FROM marts.build_state").fetchall()[0][0])
    except duckdb.Error:  # torn, or open for writing elsewhere: it is made again from the lake
        return None


def _name_of(state: dict) -> str:
    """Stands for what is in a warehouse, wherever it lies."""
    content = {name: value for name, value in state.items() if name != _WHERE}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _has_strangers(config: Config) -> bool:
    """Whether figures have left the house that the warehouse does not publish so: what it shows beside them has to be attacked again."""
    with duckdb.connect(str(config.warehouse), read_only=True) as connection:
        return strangers(config, connection).height > 0


def _keep_state(state: dict, connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("CREATE TABLE marts.build_state AS SELECT ? AS state, ? AS build", [json.dumps(state), _name_of(state)])
