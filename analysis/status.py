"""What stands where: files and their rows, what waits, what the warehouse knows, in words or as JSON."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import duckdb

from analysis.config import Config
from analysis.lake import FileRecord, Lake
from analysis.reading.dropped import find_dropped


@dataclass(frozen=True)
class Status:
    """The state of a data folder. `coverage`, `unplaced` and `registers` come from the last build and are empty before it."""

    files: list[dict]
    waiting: list[str]
    quarantine: dict[str, int]
    built_at: str
    months: list[str]
    coverage: list[dict]
    unplaced: list[dict]
    registers: list[dict]

    def as_dict(self) -> dict:
        """For JSON."""
        return asdict(self)


def status_of(config: Config) -> Status:
    """The state of the data folder of a configuration."""
    records = Lake(config).records()
    known = {r.dropped_sha for r in records}
    dropped = find_dropped([config.raw_dir], config.raw_dir) if config.raw_dir.exists() else []
    coverage, unplaced, registers = _of_warehouse(config)
    return Status(
        files=[_file(r) for r in records],
        waiting=[d.name for d in dropped if d.sha not in known],
        quarantine={r.quarantine: r.rows_quarantined for r in records if r.quarantine},
        built_at=_built_at(config),
        months=sorted({month for r in records for month in r.months}),
        coverage=coverage,
        unplaced=unplaced,
        registers=registers,
    )


def sentences_of(state: Status) -> list[str]:
    """What waits, devices that nobody named, and what the last build reached."""
    waiting = [f"waiting: {name} (run `cartable ingest`)" for name in state.waiting]
    unplaced = [
        f"{u['source']}: {u['row_count']:,} rows of {u['devices']} devices that no assignment names wait in the lake; "
        "name them in devices.csv and assignments.csv."
        for u in state.unplaced
    ]
    months = ", ".join(state.months) or "none"
    registers = [_of_register(r) for r in state.registers]
    return [
        *waiting,
        *unplaced,
        *registers,
        f"Warehouse: {state.built_at or 'not built yet (run `cartable build`)'}; months of data: {months}.",
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
    names = ("file", "source", "rows_read", "rows_loaded", "rows_quarantined", "rows_duplicate", "rows_forgotten", "status", "message")
    return {name: getattr(record, name) for name in names}


def _built_at(config: Config) -> str:
    if not config.warehouse.exists():
        return ""
    return datetime.fromtimestamp(config.warehouse.stat().st_mtime, tz=UTC).isoformat(timespec="seconds")


def _of_warehouse(config: Config) -> tuple[list[dict], list[dict], list[dict]]:
    if not config.warehouse.exists():
        return [], [], []
    with duckdb.connect(str(config.warehouse), read_only=True) as connection:
        months = "SELECT DISTINCT period FROM published.periods WHERE kind = 'month'"
        coverage = "SELECT uai, period, evidence, value FROM published.\"values\" WHERE measure = 'coverage' AND breakdown = 'all'"
        return (
            _dicts(f"{coverage} AND period IN ({months}) ORDER BY ALL", connection),
            _dicts("SELECT source, devices, row_count FROM marts.unplaced ORDER BY ALL", connection),
            _dicts("SELECT * FROM marts.register_aside ORDER BY ALL", connection),
        )


def _dicts(query: str, connection: duckdb.DuckDBPyConnection) -> list[dict]:
    cursor = connection.execute(query)
    names = [name for name, *_ in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
