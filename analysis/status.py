"""What stands where: files and their rows, what waits, what the warehouse knows, in words or as JSON."""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

import duckdb

from analysis import build
from analysis.alerts.find import Alert, alerts_of
from analysis.config import Config
from analysis.doubts import sentences_of_doubts
from analysis.errors import UserError
from analysis.lake import FileRecord, Lake
from analysis.open_data import NONE, OpenData, open_data_of
from analysis.open_data import sentences_of as sentences_of_open_data
from analysis.reading.dropped import find_dropped
from analysis.reports.language import Language
from analysis.reports.sentences.alerts import alert_line
from analysis.retention import load_retention
from analysis.room import Room, room_of, sentence_of_room
from analysis.schedule.journal import Journal
from analysis.schedule.outlook import NOTHING, Outlook, outlook_of, sentences_of_outlook
from analysis.silence import Age, ages_of, sentences_of_ages
from analysis.standing import standing_of


@dataclass(frozen=True)
class Status:
    """The state of a data folder. `coverage`, `unplaced`, `open_data`, `registers` and `doubts` come from the last build and are empty
    before it.

    `standing` are files whose raw file was removed or replaced since, and those that were forgotten; `persons_forgotten` is how many times
    somebody was, on request.
    """

    files: list[dict]
    waiting: list[str]
    standing: list[dict]
    persons_forgotten: int
    quarantine: dict[str, int]
    built_at: str
    months: list[str]
    coverage: list[dict]
    unplaced: list[dict]
    open_data: OpenData
    registers: list[dict]
    doubts: list[dict]
    alerts: list[dict]
    last_run: dict
    sources: list[Age]
    outlook: Outlook
    room: Room

    def as_dict(self) -> dict:
        """For JSON."""
        return asdict(self)


def status_of(config: Config, day: date | None = None) -> Status:
    """The state of the data folder of a configuration, as seen on a day (the present one unless given)."""
    today = day or build.today()
    lake = Lake(config)
    records = lake.records()
    known = {r.dropped_sha for r in records}
    dropped = find_dropped([config.raw_dir], config.raw_dir) if config.raw_dir.exists() else []
    half_read = lake.unfinished()
    return Status(
        files=[_file(r) for r in records],
        waiting=[d.name for d in dropped if d.sha not in known or d.sha in half_read],
        standing=[asdict(s) for s in standing_of(lake, dropped)],
        persons_forgotten=len(load_retention(config).on_request.runs),
        quarantine={r.quarantine: r.rows_quarantined for r in records if r.quarantine},
        built_at=_built_at(config),
        months=sorted({month for r in records for month in r.months}),
        alerts=[_told(alert) for alert in alerts_of(config, today)],
        last_run=_last_run(config),
        sources=ages_of(config, lake, dropped, today),
        outlook=_outlook(config, today),
        room=room_of(config),
        **_of_warehouse(config),
    )


def sentences_of(state: Status) -> list[str]:
    """What waits, stands without its raw file, was forgotten or named by nobody, what open data say, which source is silent, what is due,
    the room on the disk, and what the last build reached."""
    waiting = [f"waiting: {name} (run `cartable ingest`)" for name in state.waiting]
    unplaced = [
        f"{u['source']}: {u['row_count']:,} rows of {u['devices']} devices that no assignment names wait in the lake; "
        "name them in devices.csv and assignments.csv."
        for u in state.unplaced
    ]
    months = ", ".join(state.months) or "none"
    standing = [s["sentence"] for s in state.standing]
    persons = [f"Persons forgotten on request: {state.persons_forgotten}."] if state.persons_forgotten else []
    return [
        *waiting,
        *standing,
        *persons,
        *unplaced,
        *map(_of_register, state.registers),
        *sentences_of_doubts(state.doubts),
        *sentences_of_open_data(state.open_data),
        *(f"alert: {alert['sentence']}" for alert in state.alerts),
        *_of_last_run(state.last_run),
        *sentences_of_ages(state.sources),
        *sentences_of_outlook(state.outlook),
        sentence_of_room(state.room),
        f"Warehouse: {state.built_at or 'not built yet (run `cartable build`)'}; months of data: {months}.",
    ]


def _told(alert: Alert) -> dict:
    return alert._asdict() | {"sentence": alert_line(Language("en"), alert)}


def _of_last_run(run: dict) -> list[str]:
    if not run:
        return []
    return [
        f"Last run: {run['started_at'][:16].replace('T', ' ')} UTC, {run['outcome']}.",
        *(f"last run: {fault}" for fault in run["faults"]),
    ]


def _of_register(found: dict) -> str:
    """Why the persons of a register are not counted."""
    who = "pupils" if found["is_of_pupils"] else "teachers or others"
    if found["uai"] is None:
        return (
            f"{found['register']}, {found['school_year']}: the school of {found['persons']:,} persons is not known; "
            "write structures.csv (structure_id,uai)."
        )
    return (
        f"{found['uai']}, {found['school_year']}: {found['counted']} and {found['register']} both name {who}; {found['counted']} counts, "
        f"and of the {found['persons']:,} of {found['register']} {found['linked']:,} are linked by identifiers.csv."
    )


def _file(record: FileRecord) -> dict:
    names = (
        "file",
        "sha",
        "source",
        "rows_read",
        "rows_loaded",
        "rows_quarantined",
        "rows_duplicate",
        "rows_forgotten",
        "status",
        "message",
    )
    return {name: getattr(record, name) for name in names}


def _built_at(config: Config) -> str:
    if not config.warehouse.exists():
        return ""
    return datetime.fromtimestamp(config.warehouse.stat().st_mtime, tz=UTC).isoformat(timespec="seconds")


def _last_run(config: Config) -> dict:
    """When the last unattended run began and ended, how, and what failed in it; empty before the first."""
    last = next(Journal(config).runs(), None)
    return (
        {} if last is None else {"started_at": last.started_at, "ended_at": last.ended_at, "outcome": last.outcome, "faults": last.faults}
    )


def _outlook(config: Config, today: date) -> Outlook:
    """Empty before the first build, and where a build or a run says itself what keeps it from going on."""
    try:
        return outlook_of(config, today) if config.published.exists() else NOTHING
    except (UserError, duckdb.Error):
        return NOTHING


def _of_warehouse(config: Config) -> dict[str, Any]:
    if not config.warehouse.exists():
        return {"coverage": [], "unplaced": [], "open_data": NONE, "registers": [], "doubts": []}
    with duckdb.connect(str(config.warehouse), read_only=True) as connection:
        months = "SELECT DISTINCT period FROM published.periods WHERE kind = 'month'"
        coverage = "SELECT uai, period, evidence, value FROM published.\"values\" WHERE measure = 'coverage' AND breakdown = 'all'"
        return {
            "coverage": _dicts(f"{coverage} AND period IN ({months}) ORDER BY ALL", connection),
            "unplaced": _dicts("SELECT source, devices, row_count FROM marts.unplaced ORDER BY ALL", connection),
            "open_data": open_data_of(connection),
            "registers": _dicts("SELECT * FROM marts.register_aside ORDER BY ALL", connection),
            "doubts": _dicts("SELECT * FROM marts.roster_doubt ORDER BY ALL", connection),
        }


def _dicts(query: str, connection: duckdb.DuckDBPyConnection) -> list[dict]:
    cursor = connection.execute(query)
    names = [name for name, *_ in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
