"""What became of a raw file, as the record that the lake keeps of it."""

import hashlib
import os

import duckdb

from analysis.checks import Fault, count_problems
from analysis.lake import LOADED, FileRecord
from analysis.reading.batches import count_rows
from analysis.reading.dropped import Dropped
from analysis.reading.raw_files import RawFile
from analysis.reading.records import Records
from analysis.sources import Source


def unused_record(file: RawFile, dropped: Dropped, source: Source) -> FileRecord:
    """The record of a file that is known and of which no row is read."""
    words = f"{file.name}: {source.title}. {source.unused}"
    return FileRecord(file.name, file.sha, dropped.sha, LOADED, source.name, version=source.version, message=words)


def copied_record(same: FileRecord, file: RawFile, dropped: Dropped) -> FileRecord:
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
        context=same.context,
        message=f"{file.name}: the same content as {same.file}, which was read already.",
    )


def counted_record(
    file: RawFile,
    dropped: Dropped,
    source: Source,
    records: Records,
    repeats: int,
    faults: list[Fault],
    connection: duckdb.DuckDBPyConnection,
) -> FileRecord:
    """The record of what one table took from a file, but for what is written after it. Needs `canonical` and `accepted`."""
    # a second table takes the records that concern it; the first one answers for all
    left_out = records.count - repeats - count_rows("canonical", connection) if source.part_of else 0
    return FileRecord(
        file.name,
        f"{file.sha}-{source.name}" if source.part_of else file.sha,
        dropped.sha,
        LOADED,
        source.name,
        source.fills,
        rows_read=records.count + len(records.unsplit) - left_out,
        rows_loaded=count_rows("accepted", connection),
        rows_quarantined=len(records.unsplit) + len(faults),
        rows_duplicate=repeats,
        set_aside=count_problems(faults, records.unsplit),
        version=source.version,
        place=hashlib.sha256(os.fsencode(f"{dropped.place} {file.name}")).hexdigest()[:16],
    )
