"""What a data protection officer asks of a data folder: key, persons, raw files, permissions, rules, releases, what was forgotten."""

import stat
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from analysis.config import Config
from analysis.disclosure import rules
from analysis.disclosure.ledger import released
from analysis.engine import quoted
from analysis.lake import Lake
from analysis.pseudonyms import KeyState, state_of_key
from analysis.reading.dropped import find_dropped
from analysis.retention import OnRequest, load_retention
from analysis.tables import Table, load_tables

_OTHERS = stat.S_IRWXO


@dataclass(frozen=True)
class PersonTable:
    """A table of the lake with pseudonyms: its rows, and how many persons and devices they name (None: it has no such column)."""

    table: str
    rows: int
    persons: int | None
    devices: int | None


@dataclass(frozen=True)
class PrivacyState:
    """The state of a data folder. Days are ISO texts, empty where there is none.

    `tables` count what stands in the lake's files, rosters that a newer one replaced included; in logs an account counts as a person. `raw`
    has files, oldest (day of the last change) and bytes; `permissions` the mode of each place; `rules` every number of the disclosure rules
    by its name; `releases` figures, first and last day; `on_request` how many persons were forgotten one by one,
    when last, how many marks and spans of days are kept for them. `faults` are to be mended, `remarks` to be thought of.
    """

    key: KeyState
    oldest_day: str
    newest_day: str
    tables: list[PersonTable]
    has_warehouse: bool
    raw: dict[str, int | str]
    permissions: dict[str, str]
    rules: dict[str, object]
    releases: dict[str, int | str]
    keeps_from: str
    last_forgetting: str
    forgotten_marks: int
    forgotten_files: int
    on_request: dict[str, int | str]
    faults: list[str]
    remarks: list[str]

    def as_dict(self) -> dict:
        """For JSON."""
        return asdict(self)


def privacy_state(config: Config) -> PrivacyState:
    """The privacy state of a configuration's data folder. Reads only. Raises UserError where data/forgotten.json is damaged."""
    lake, key, retention = Lake(config), state_of_key(config), load_retention(config)
    spans = [r for r in lake.loaded() if r.rows_kept and r.months]
    permissions = _permissions(config)
    return PrivacyState(
        key=key,
        oldest_day=min((r.first[:10] for r in spans), default=""),
        newest_day=max((r.last[:10] for r in spans), default=""),
        tables=_tables(lake),
        has_warehouse=config.warehouse.exists(),
        raw=_raw(config),
        permissions=permissions,
        rules=_rules(config),
        releases=_releases(config),
        keeps_from=str(retention.keeps_from or ""),
        last_forgetting=retention.runs[-1].on if retention.runs else "",
        forgotten_marks=len(retention.persons) + len(retention.devices),
        forgotten_files=len(retention.files),
        on_request=_on_request(retention.on_request),
        faults=[*key.faults, *_of_another_key(retention.on_request, key)],
        remarks=_remarks(permissions, str(retention.keeps_from or ""), config),
    )


def _on_request(asked: OnRequest) -> dict[str, int | str]:
    last = asked.runs[-1][0] if asked.runs else ""
    return {"persons": len(asked.runs), "last": last, "marks": len(asked.accounts), "spans": len(asked.spans)}


def _of_another_key(asked: OnRequest, key: KeyState) -> list[str]:
    if not asked.key or not key.fingerprint or asked.key == key.fingerprint:
        return []
    return [
        "Persons were forgotten on request under another key, and this one does not know them. See `cartable forget` in docs/privacy.md."
    ]


def _tables(lake: Lake) -> list[PersonTable]:
    named = [t for t in load_tables().values() if any(c.pseudonym for c in t.columns)]
    with duckdb.connect() as connection:
        return [_counted(table, lake, connection) for table in named]


def _counted(table: Table, lake: Lake, connection: duckdb.DuckDBPyConnection) -> PersonTable:
    files = [str(path) for r in lake.loaded(table.name) if r.rows_loaded for path in lake.parquet(r)]
    domains = ("person", "device")
    columns = [next((c.name for c in table.columns if c.pseudonym == domain), "") for domain in domains]
    if not files:
        return PersonTable(table.name, 0, *(0 if c else None for c in columns))
    counts = ", ".join(f"COUNT(DISTINCT {quoted(c)})" if c else "NULL" for c in columns)
    query = f"SELECT COUNT(*), {counts} FROM read_parquet({files!r}, hive_partitioning = false)"
    return PersonTable(table.name, *connection.execute(query).fetchall()[0])


def _raw(config: Config) -> dict[str, int | str]:
    files = [d.path.stat() for d in find_dropped([config.raw_dir], config.raw_dir)] if config.raw_dir.exists() else []
    oldest = min((datetime.fromtimestamp(f.st_mtime, tz=UTC).date().isoformat() for f in files), default="")
    return {"files": len(files), "oldest": oldest, "bytes": sum(f.st_size for f in files)}


def _permissions(config: Config) -> dict[str, str]:
    places = (config.data_dir, config.raw_dir, config.lake_dir, config.quarantine_dir, config.warehouse)
    return {_name(place, config): f"{stat.S_IMODE(place.stat().st_mode):03o}" for place in places if place.exists()}


def _name(place: Path, config: Config) -> str:
    return place.relative_to(config.data_dir.parent).as_posix()


def _rules(config: Config) -> dict[str, object]:
    """The numbers in force: those of `[privacy]` in cartable.toml, then every constant of the module that holds the rules."""
    configured = config.privacy.model_dump(mode="json", exclude={"key_file"})
    return configured | {name.lower(): value for name, value in vars(rules).items() if name.isupper() and not name.startswith("_")}


def _releases(config: Config) -> dict[str, int | str]:
    days = released(config)["released_on"]
    return {"figures": days.len(), "first": str(days.min() or ""), "last": str(days.max() or "")}


def _remarks(permissions: dict[str, str], keeps_from: str, config: Config) -> list[str]:
    found = []
    if int(permissions.get(_name(config.data_dir, config), "0"), 8) & _OTHERS:
        found.append(f"Every account of this machine can look into {config.data_dir}. Run: chmod 700 {config.data_dir}")
    if not keeps_from:
        found.append("No length of retention is applied yet, and nothing goes by its age. See `cartable forget` in docs/privacy.md.")
    return found


def sentences_of(state: PrivacyState) -> list[str]:
    """The state in words, one line each."""
    return [*_on_key(state.key), *_on_persons(state), *_on_files(state), *_on_rules(state), *_on_end(state)]


def _on_key(key: KeyState) -> list[str]:
    if not key.fingerprint:
        return [f"Key: none yet that can be used; expected in {key.kept_in}."]
    mode = f", mode {key.mode}: nobody but its owner can read it" if key.mode else ", which every program of this account can read"
    return [f"Key: in {key.kept_in}{mode}.", f"Key's fingerprint (tells keys apart, and nothing of the key): {key.fingerprint}."]


def _on_persons(state: PrivacyState) -> list[str]:
    days = f"logs from {state.oldest_day} to {state.newest_day}" if state.oldest_day else "no logs"
    return [f"Lake: {days}. Rows under pseudonyms, which remain personal data:", *(_on_table(t) for t in state.tables if t.rows)]


def _on_table(table: PersonTable) -> str:
    persons = "" if table.persons is None else f", {table.persons:,} persons"
    devices = "" if table.devices is None else f", {table.devices:,} devices"
    return f"  {table.table}: {table.rows:,} rows{persons}{devices}"


def _on_files(state: PrivacyState) -> list[str]:
    raw = f"Raw files, with names and accounts in clear: {state.raw['files']:,}"
    oldest = f", the oldest last changed on {state.raw['oldest']}" if state.raw["oldest"] else ""
    modes = ", ".join(f"{place} {mode}" for place, mode in state.permissions.items())
    warehouse = ["Warehouse: made from the lake; its schemas lake, marts and measures hold rows on persons."] if state.has_warehouse else []
    return [*warehouse, f"{raw}{oldest}.", f"Permissions: {modes or 'there is no data folder yet'}."]


def _on_rules(state: PrivacyState) -> list[str]:
    return ["Disclosure rules in force:", *(f"  {name}: {value}" for name, value in state.rules.items())]


def _on_end(state: PrivacyState) -> list[str]:
    released, kept = state.releases, state.keeps_from
    since = f", from {released['first']} to {released['last']}" if released["first"] else ""
    forgotten = (
        f"asked for last on {state.last_forgetting}; nothing before {kept} is kept, {state.forgotten_marks:,} marks" if kept else "never"
    )
    faults = [f"To mend: {fault}" for fault in state.faults]
    remarks = [f"To think of: {remark}" for remark in state.remarks]
    return [
        f"Figures in the ledger of releases: {released['figures']:,}{since}.",
        f"Forgetting: {forgotten}.",
        *_on_request_and_files(state),
        *faults,
        *remarks,
    ]


def _on_request_and_files(state: PrivacyState) -> list[str]:
    asked = state.on_request
    kept = f"{asked['marks']:,} marks of accounts and {asked['spans']:,} spans of days are kept to keep them out"
    persons = [f"Persons forgotten on request: {asked['persons']:,}, last on {asked['last']}; {kept}."] if asked["persons"] else []
    files = [f"Raw files forgotten by name: {state.forgotten_files:,}."] if state.forgotten_files else []
    return [*persons, *files]
