"""The raw files that still hold what the lake has forgotten: Cartable never edits them, their owner deletes them."""

from dataclasses import dataclass

from analysis.config import Config
from analysis.lake import FileRecord, Lake
from analysis.reading.dropped import find_dropped


@dataclass(frozen=True)
class OldRaw:
    """A file in `data/raw`: whether all that was loaded from it is older than the day, or a part."""

    file: str
    is_all: bool


def find_old_raw(config: Config, lake: Lake, going: dict[str, int]) -> list[OldRaw]:
    """The raw files of which rows were forgotten or are about to be; `going` is how many rows more go, by the SHA-256 of a record."""
    found = []
    for dropped in find_dropped([config.raw_dir], config.raw_dir) if config.raw_dir.exists() else []:
        records = [_read_first(r, lake) for r in lake.loaded() if r.dropped_sha == dropped.sha]
        lost = sum(r.rows_forgotten + going.get(r.sha, 0) for r in records)
        if lost:
            found.append(OldRaw(dropped.name, lost == sum(r.rows_loaded for r in records)))
    return found


def _read_first(record: FileRecord, lake: Lake) -> FileRecord:
    """The record of the file that one with the same content was a copy of, else its own."""
    if not record.rows_read or record.rows_loaded:
        return record
    return next((r for r in lake.loaded() if r.rows_loaded and r.sha[:32] == record.sha[:32]), record)
