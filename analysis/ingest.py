"""From raw file to lake: recognised, read, checked, pseudonymised; every row ends loaded, set aside, or as an exact duplicate."""

import csv
import hashlib
import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb

from analysis.canonical import canonical_rows
from analysis.checks import Fault, count_problems, find_faults
from analysis.config import Config
from analysis.duplicates import drop_duplicates, drop_repeats
from analysis.engine import new_connection
from analysis.errors import UserError
from analysis.faults import FullError, fault_of_machine
from analysis.files import write_beside
from analysis.forgetting.cuts import drop_old_rows
from analysis.forgetting.plan import forget_again
from analysis.gatekeeper import refuse_identifiers, refuse_repeated_columns
from analysis.lake import LOADED, REFUSED, FileRecord, Lake
from analysis.parquet import write_rows
from analysis.pseudonymise import pseudonymise
from analysis.pseudonyms import Pseudonyms, load_pseudonyms
from analysis.reading.archives import open_dropped
from analysis.reading.batches import count_rows
from analysis.reading.dropped import Dropped, find_dropped
from analysis.reading.path_facts import context_of, is_elsewhere, path_facts, tell_path
from analysis.reading.raw_files import RawFile
from analysis.reading.recognise import NoRecordError, recognise
from analysis.reading.records import Records, lines_of, read_records, view_records
from analysis.reading.splitting import Unsplit
from analysis.sources import Source, load_sources
from analysis.tables import load_tables

Report = Callable[[FileRecord, bool], None]


def ingest(config: Config, paths: list[Path], report: Report = lambda record, is_new: None) -> list[FileRecord]:
    """Takes every file at `paths` (default: the raw folder) into the lake and returns the record of each.

    `report` is called after each file with its record and whether anything was done for it. A file that is refused does not stop
    the others. Raises UserError for a path or a key that cannot be used.
    """
    lake = Lake(config)
    lake.sweep()
    pseudonyms = load_pseudonyms(config)
    config.raw_dir.mkdir(parents=True, exist_ok=True)
    known = _known(lake)
    results: list[FileRecord] = []
    for dropped in find_dropped(paths or [config.raw_dir], config.raw_dir):
        is_new = dropped.sha not in known or any(is_elsewhere(record, dropped) for record in known[dropped.sha])
        records = _take(dropped, lake, config, pseudonyms) if is_new else known[dropped.sha]
        known[dropped.sha] = [_back_in_place(record, lake) for record in records]
        for record in known[dropped.sha]:
            report(record, is_new)
        results += [record for record in known[dropped.sha] if record not in results]
    if forget_again(config, lake):  # a person came back whose row in a roster had been forgotten: that roster is read again
        return ingest(config, paths, report)
    return [lake.find(record.sha) or record for record in results]


def _take(dropped: Dropped, lake: Lake, config: Config, pseudonyms: Pseudonyms) -> list[FileRecord]:
    records = []
    with lake.staging() as staging, lake.reading(dropped.sha):
        for number, file in enumerate(open_dropped(dropped, staging, config)):
            if isinstance(file, UserError):
                records.append(_refused(f"{dropped.sha}-{number}", dropped, dropped.name, file, lake))
                continue
            try:
                records += _load(file, dropped, lake, config, pseudonyms, staging)
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
    return {sha: records for sha, records in known.items() if _is_whole(records) and all(_is_current(r) for r in records)}


def _is_whole(records: list[FileRecord]) -> bool:
    """Whether all of a dropped file was read: no part of it was refused, and no run broke off between its tables."""
    wholes = {load_sources()[r.source].part_of for r in records if r.source in load_sources()} - {""}
    return all(r.status == LOADED for r in records) and wholes <= {r.source for r in records}


def _is_current(record: FileRecord) -> bool:
    """Whether a file was read by the format's present version: after an upgrade that changes one, its files are read again."""
    source = load_sources().get(record.source)
    return source.version == record.version if source else not record.source


def _refused(sha: str, dropped: Dropped, name: str, error: UserError, lake: Lake) -> FileRecord:
    return lake.remember(FileRecord(name, sha, dropped.sha, REFUSED, message=str(error)))


def _load(file: RawFile, dropped: Dropped, lake: Lake, config: Config, pseudonyms: Pseudonyms, staging: Path) -> list[FileRecord]:
    """Takes one readable file into the lake: one record, or, for a format that fills several tables, one for each."""
    same = [r for r in lake.loaded() if r.sha == file.sha or r.sha.startswith(f"{file.sha}-")]
    if same and _is_whole(same) and all(_is_current(r) for r in same) and not any(r.context for r in same):
        return [r if r.dropped_sha == dropped.sha else lake.remember(_copy_of(r, file, dropped)) for r in same]
    with new_connection(config, staging) as connection:
        try:
            source = recognise(file, connection)
        except NoRecordError as nothing:
            return [lake.remember(FileRecord(file.name, file.sha, dropped.sha, LOADED, message=str(nothing)))]
        if source.nothing:
            raise UserError(f"{file.name}: {source.title}. {source.nothing}")
        refuse_repeated_columns(file, source)
        facts = path_facts(file.name, dropped)
        tell_path(facts, connection)
        # the parts first: while the record of the whole is missing, nothing of the file counts
        sources = [*source.parts, source]
        records = _read(file, source, sources[0], config, connection)
        repeats = drop_duplicates(connection)
        filled = []
        for each in sources:
            if each is not sources[0]:
                canonical_rows(each, records.is_view, connection)
                drop_repeats(connection)
            filled.append(_fill(each, file, dropped, facts, records, repeats, lake, config, pseudonyms, staging, connection))
        return filled


def _read(file: RawFile, source: Source, first: Source, config: Config, connection: duckdb.DuckDBPyConnection) -> Records:
    """Fills `canonical` for the first of the sources: as the engine split the file where it found every line, else split with care.

    The source names the columns of `raw`, which all of its parts read.
    """
    plain = view_records(file, source, connection)
    if plain is not None:
        try:
            if canonical_rows(first, True, connection) == plain.count:
                _refuse_too_many(file, plain, config)
                return plain
        except duckdb.Error:
            pass  # a line that the engine cannot split: it is found, and costs no other
    records = read_records(file, source, connection)
    _refuse_too_many(file, records, config)
    canonical_rows(first, False, connection)
    return records


def _refuse_too_many(file: RawFile, records: Records, config: Config) -> None:
    if records.count > (most := config.limits.rows):
        raise UserError(f"{file.name}: more than {most:,} rows. Raise limits.rows if it is right, or export a shorter time.")


def _fill(
    source: Source,
    file: RawFile,
    dropped: Dropped,
    facts: dict[str, str | None],
    records: Records,
    repeats: int,
    lake: Lake,
    config: Config,
    pseudonyms: Pseudonyms,
    staging: Path,
    connection: duckdb.DuckDBPyConnection,
) -> FileRecord:
    """Fills the table of one source from the records that were read."""
    refuse_identifiers(file, source, connection)
    faults = find_faults(source, connection, records.absent)
    record = _counted(file, dropped, source, records, repeats, faults, connection)
    record = replace(record, context=context_of(source, facts))
    pseudonymise(source, pseudonyms, connection)
    parts = staging / "parquet"
    shutil.rmtree(parts, ignore_errors=True)
    forgotten = drop_old_rows(source.table, lake, config, connection)
    record = replace(record, rows_forgotten=forgotten)
    record = replace(record, edition=lake.next_edition(record))
    record = replace(record, **write_rows("clean", source.table, record.stem, parts, connection))
    if record.rows_quarantined and not forgotten:
        record = replace(record, quarantine=_free_name(record, lake))
        _write_quarantine(record, records.unsplit, faults, config.quarantine_dir, connection)
    return lake.cut(record, parts)


def _copy_of(same: FileRecord, file: RawFile, dropped: Dropped) -> FileRecord:
    """The record of a file whose content is in the lake already: all its rows are duplicates."""
    return FileRecord(
        file.name,
        f"{same.sha[:32]}{dropped.sha[:32]}{same.sha[64:]}",
        dropped.sha,
        LOADED,
        same.source,
        same.table,
        rows_read=same.rows_read,
        rows_duplicate=same.rows_read,
        version=same.version,
        message=f"{file.name}: the same content as {same.file}, which was read already.",
    )


def _counted(
    file: RawFile,
    dropped: Dropped,
    source: Source,
    records: Records,
    repeats: int,
    faults: list[Fault],
    connection: duckdb.DuckDBPyConnection,
) -> FileRecord:
    unsplit = records.unsplit
    return FileRecord(
        file.name,
        f"{file.sha}-{source.name}" if source.part_of else file.sha,
        dropped.sha,
        LOADED,
        source.name,
        source.fills,
        rows_read=records.count + len(unsplit),
        rows_loaded=count_rows("accepted", connection),
        rows_quarantined=len(unsplit) + len(faults),
        rows_duplicate=repeats,
        set_aside=count_problems(faults, unsplit),
        version=source.version,
        place=hashlib.sha256(f"{dropped.path.resolve()} {file.name}".encode()).hexdigest()[:16],
    )


def _free_name(record: FileRecord, lake: Lake) -> str:
    """The name of a raw file's quarantine file: `tablettes/mars.csv` -> `tablettes_mars.csv`; two files of one name have one each."""
    plain = record.file.replace("/", "_")
    name = plain if plain.endswith(".csv") else f"{plain}.csv"
    taken = any(r.quarantine == name and r.sha != record.sha for r in lake.records())
    return f"{name.removesuffix('.csv')}.{record.sha[:12]}.csv" if taken else name


def _write_quarantine(
    record: FileRecord, unsplit: list[Unsplit], faults: list[Fault], folder: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    """One CSV per raw file with file, line, column and reason; the row itself stays where it is, in the raw file."""
    lines = lines_of([f.record for f in faults], connection)
    rows = [(u.line, "", u.reason) for u in unsplit] + [(lines[f.record], f.column, f.reason) for f in faults]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("file", "line", "column", "reason"))
    writer.writerows((record.file, *row) for row in sorted(rows))
    write_beside(folder / record.quarantine, out.getvalue().encode())
