"""From raw file to lake: recognised, read, checked, pseudonymised; every row ends loaded, set aside, or as an exact duplicate."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from analysis.canonical import canonical_rows
from analysis.checks import find_faults
from analysis.config import Config
from analysis.duplicates import drop_duplicates, drop_repeats
from analysis.engine import many_connections
from analysis.errors import UserError
from analysis.fates import copied_record, counted_record, unused_record
from analysis.faults import FullError, fault_of_machine
from analysis.foreign_text import visible
from analysis.forgetting.cuts import drop_old_rows
from analysis.forgetting.notes import not_again
from analysis.forgetting.plan import forget_again
from analysis.gatekeeper import refuse_identifiers, refuse_repeated_columns
from analysis.lake import FORGOTTEN, LOADED, REFUSED, FileRecord, Lake
from analysis.parquet import write_rows
from analysis.pseudonymise import pseudonymise
from analysis.pseudonyms import Pseudonyms, load_pseudonyms
from analysis.quarantine import free_name, write_quarantine
from analysis.reading.archives import open_dropped
from analysis.reading.batches import count_rows
from analysis.reading.dropped import Dropped, find_dropped
from analysis.reading.path_facts import context_of, is_told_otherwise, path_facts, tell_path, told_by
from analysis.reading.plain_paths import at_a_plain_path
from analysis.reading.raw_files import RawFile
from analysis.reading.recognise import NoRecordError, recognise
from analysis.reading.records import Records, read_records, view_records
from analysis.reading.teaching_sites import FACT, load_sites, mark_of, tell_sites
from analysis.sources import Source, load_sources
from analysis.tables import load_tables

Report = Callable[[FileRecord, bool], None]


@dataclass(frozen=True)
class Intake:
    """What every file of a run is taken in with."""

    config: Config
    lake: Lake
    pseudonyms: Pseudonyms
    connect: Callable[[], duckdb.DuckDBPyConnection]


@dataclass(frozen=True)
class Arrival:
    """A readable file on its way into the lake: the dropped file in which it came, what its path tells, and a folder to work in."""

    file: RawFile
    dropped: Dropped
    facts: dict[str, str | None]
    staging: Path


def ingest(config: Config, paths: list[Path], report: Report = lambda record, is_new: None) -> list[FileRecord]:
    """Takes every file at `paths` (default: the raw folder) into the lake and returns the record of each.

    `report` is called after each file with its record and whether anything was done for it. A file that is refused does not stop
    the others. Raises UserError for a path or a key that cannot be used.
    """
    lake = Lake(config)
    lake.sweep()
    pseudonyms = load_pseudonyms(config)
    config.raw_dir.mkdir(parents=True, exist_ok=True)
    with lake.staging() as spill, many_connections(config, spill) as connect:
        results = _take_all(paths or [config.raw_dir], Intake(config, lake, pseudonyms, connect), report)
    if forget_again(config, lake):  # more was forgotten than is to be, as the rosters stand now: those files are read again
        return ingest(config, paths, report)
    return [lake.find(record.sha) or record for record in results]


def _take_all(paths: list[Path], intake: Intake, report: Report) -> list[FileRecord]:
    config, lake = intake.config, intake.lake
    known = _known(lake)
    results: list[FileRecord] = []
    for dropped in find_dropped(paths, config.raw_dir):
        is_new = dropped.sha not in known or any(is_told_otherwise(r, _facts(r.file, dropped, config)) for r in known[dropped.sha])
        records = _take(dropped, intake) if is_new else known[dropped.sha]
        known[dropped.sha] = [_back_in_place(record, lake) for record in records]
        for record in known[dropped.sha]:
            report(record, is_new)
        results += [record for record in known[dropped.sha] if record not in results]
    return results


def _take(dropped: Dropped, intake: Intake) -> list[FileRecord]:
    config, lake = intake.config, intake.lake
    records = []
    told: dict[str, str | None] = {}
    with lake.staging() as staging, lake.reading(dropped.sha):
        for number, opened in enumerate(open_dropped(dropped, staging, config)):
            if isinstance(opened, UserError):
                records.append(_refused(f"{dropped.sha}-{number}", dropped, dropped.name, opened, lake))
                continue
            file = at_a_plain_path(opened, staging)
            try:
                arrival = Arrival(file, dropped, _facts(file.name, dropped, config), staging)
                records += _load(arrival, told, intake)
            except UserError as error:
                records.append(_refused(file.sha, dropped, file.name, error, lake))
            except duckdb.Error as error:
                if isinstance(fault := fault_of_machine(error), FullError):
                    raise fault from None  # no fault of this file: every other would meet the same
                records.append(_refused(file.sha, dropped, file.name, _unreadable(file, error), lake))
        names = {r.file for r in records if r.status == LOADED}
        past = [r for r in lake.records() if r.status == REFUSED and (r.dropped_sha == dropped.sha or r.file in names)]
        lake.forget([r for r in past if r not in records])
    return records


def _back_in_place(record: FileRecord, lake: Lake) -> FileRecord:
    """A roster that was corrected and then dropped as it was before counts as the newest again."""
    is_roster = bool(record.table) and not load_tables()[record.table].month
    newer = (r for r in lake.loaded(record.table) if r.place == record.place and r.sequence > record.sequence)
    return lake.renew(record) if is_roster and record.place and any(newer) else record


def _unreadable(file: RawFile, error: duckdb.Error) -> UserError:
    # the engine's own words may repeat a value of the file
    if isinstance(error, duckdb.OutOfMemoryException):
        return UserError(f"{file.name}: needs more memory than limits.memory allows. Raise it, or export a shorter time at once.")
    return UserError(f"{file.name}: the engine stumbled over it ({type(error).__name__}), and nothing of it was kept. Please report this.")


def _known(lake: Lake) -> dict[str, list[FileRecord]]:
    """What is known of each dropped file that was read whole; one of which a part was refused, or read by an old version, is none."""
    known: dict[str, list[FileRecord]] = {}
    for record in lake.records():
        known.setdefault(record.dropped_sha, []).append(record)
    for sha in lake.unfinished():
        known.pop(sha, None)
    return {sha: records for sha, records in known.items() if _is_whole(records) and all(map(_is_settled, records))}


def _is_whole(records: list[FileRecord]) -> bool:
    """Whether no run broke off between the tables that a dropped file fills."""
    wholes = {load_sources()[r.source].part_of for r in records if r.source in load_sources()} - {""}
    return wholes <= {r.source for r in records}


def _is_settled(record: FileRecord) -> bool:
    return record.status == FORGOTTEN or (record.status == LOADED and _is_current(record))


def _is_current(record: FileRecord) -> bool:
    """Whether a file was read by the format's present version: after an upgrade that changes one, its files are read again."""
    source = load_sources().get(record.source)
    return source.version == record.version if source else not record.source


def _facts(name: str, dropped: Dropped, config: Config) -> dict[str, str | None]:
    """What a file means by more than its content: what its path tells, and the mark of the list that it may be searched for."""
    return {**path_facts(name, dropped), FACT: mark_of(load_sites(config))}


def _refused(sha: str, dropped: Dropped, name: str, error: UserError, lake: Lake) -> FileRecord:
    return lake.remember(FileRecord(name, sha, dropped.sha, REFUSED, message=visible(str(error))))


def _load(arrival: Arrival, told: dict[str, str | None], intake: Intake) -> list[FileRecord]:
    """Takes one readable file into the lake: one record, or, for a format that fills several tables, one for each.

    `told` is what files before it in the same archive told of it; what this file tells of the next ones is added.
    """
    file, dropped, facts, lake = arrival.file, arrival.dropped, arrival.facts, intake.lake
    if (kept_out := not_again(file, dropped, lake)) is not None:
        return [lake.remember(kept_out)]
    same = [r for r in lake.loaded() if r.sha == file.sha or r.sha.startswith(f"{file.sha}-")]
    # what tells others something is read again
    if same and _is_whole(same) and all(_is_current(r) and r.table and not is_told_otherwise(r, facts) for r in same):
        return [r if r.dropped_sha == dropped.sha else lake.remember(copied_record(r, file, dropped)) for r in same]
    with intake.connect() as connection:
        try:
            source = recognise(file, connection)
        except NoRecordError as nothing:
            return [lake.remember(FileRecord(file.name, file.sha, dropped.sha, LOADED, message=str(nothing)))]
        if source.nothing:
            raise UserError(f"{file.name}: {source.title}. {source.nothing}")
        if source.unused:
            told |= told_by(file, source, connection)
            return [lake.remember(unused_record(file, dropped, source))]
        refuse_repeated_columns(file, source)
        tell_path(facts | told, connection)
        tell_sites(load_sites(intake.config), connection)
        return _fill_all(source, arrival, intake, connection)


def _fill_all(source: Source, arrival: Arrival, intake: Intake, connection: duckdb.DuckDBPyConnection) -> list[FileRecord]:
    """Reads the records of a file and fills every table that they concern."""
    # the parts first: while the record of the whole is missing, nothing of the file counts
    sources = [*source.parts, source]
    is_plain = all(each.is_row_by_row for each in sources)
    records = _read(arrival.file, source, sources[0], is_plain, intake.config, connection)
    repeats = drop_duplicates(connection) if is_plain else count_rows("repeats", connection)
    filled = []
    for each in sources:
        if each is not sources[0]:
            canonical_rows(each, records.is_view, connection)
            drop_repeats(connection)
        filled.append(_fill(each, arrival, records, repeats, intake, connection))
    return filled


def _read(file: RawFile, source: Source, first: Source, is_plain: bool, config: Config, connection: duckdb.DuckDBPyConnection) -> Records:
    """Fills `canonical` for the first of the sources: as the engine split the file where it found every line, else split with care.

    The source names the columns of `raw`, which all of its parts read. `is_plain`: a row is made of one record, whatever the others are.
    """
    view = view_records(file, source, connection) if is_plain else None
    if view is not None:
        try:
            if canonical_rows(first, True, connection) == view.count:
                _refuse_too_many(file, view, config)
                return view
        except duckdb.Error:
            pass  # a line that the engine cannot split: it is found, and costs no other
    records = read_records(file, source, is_plain, connection)
    _refuse_too_many(file, records, config)
    canonical_rows(first, False, connection)
    return records


def _refuse_too_many(file: RawFile, records: Records, config: Config) -> None:
    if records.count > (most := config.limits.rows):
        raise UserError(f"{file.name}: more than {most:,} rows. Raise limits.rows if it is right, or export a shorter time.")


def _fill(
    source: Source, arrival: Arrival, records: Records, repeats: int, intake: Intake, connection: duckdb.DuckDBPyConnection
) -> FileRecord:
    """Fills the table of one source from the records that were read."""
    file, config, lake = arrival.file, intake.config, intake.lake
    refuse_identifiers(file, source, connection)
    faults = find_faults(source, connection, records.absent)
    record = counted_record(file, arrival.dropped, source, records, repeats, faults, connection)
    record = replace(record, context=context_of(source, arrival.facts))
    pseudonymise(source, intake.pseudonyms, connection)
    parts = arrival.staging / "parquet"
    shutil.rmtree(parts, ignore_errors=True)
    forgotten = drop_old_rows(source.table, lake, config, connection)
    record = replace(record, rows_forgotten=forgotten)
    record = replace(record, edition=lake.next_edition(record))
    record = replace(record, **write_rows("clean", source.table, record.stem, parts, connection))
    if record.rows_quarantined and not forgotten:
        record = replace(record, quarantine=free_name(record, lake))
        write_quarantine(record, records.unsplit, faults, config.quarantine_dir, connection)
    return lake.cut(record, parts)
