"""Whether no row was lost or made: for each raw file, rows read = loaded + set aside + exact duplicates, the loaded ones stand in its
Parquet, and its quarantine file has a line for each that was set aside.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from analysis.checking.complaint import Complaint
from analysis.config import Config
from analysis.lake import FileRecord, Lake

WHAT = "conservation"
_AGAIN = "Run `cartable ingest` on it again."


def conservation(config: Config) -> list[Complaint]:
    """Every raw file whose rows do not add up, named as its record names it. That the record itself adds up is checked as it is read."""
    lake = Lake(config)
    return [complaint for record in lake.loaded() for complaint in _of_file(record, lake, config.quarantine_dir)]


def _of_file(record: FileRecord, lake: Lake, quarantine: Path) -> Iterator[Complaint]:
    rows = sum(_rows_of(path) for path in lake.parquet(record)) if record.table else 0
    if rows != record.rows_kept:
        yield Complaint(WHAT, record.file, f"{record.rows_kept} rows were loaded and kept and {rows} stand in the lake. {_AGAIN}")
    if record.rows_forgotten and not record.quarantine:
        return  # the file went with the rows that were forgotten: nobody could tell which of its lines were old
    lines = _lines_of(quarantine / record.quarantine) if record.quarantine else 0
    if lines != record.rows_quarantined:
        yield Complaint(WHAT, record.file, f"{record.rows_quarantined} rows were set aside and its quarantine file has {lines}. {_AGAIN}")


def _rows_of(path: Path) -> int:
    """The rows of a Parquet file, from its footer; 0 for one that is absent or cannot be read."""
    try:
        return int(pl.scan_parquet(path).select(pl.len()).collect().item())
    except (OSError, pl.exceptions.PolarsError):
        return 0


def _lines_of(path: Path) -> int:
    """The rows below the header of a quarantine file; 0 where there is none."""
    if not path.is_file():
        return 0
    with path.open(newline="", encoding="utf-8") as file:
        return max(sum(1 for _ in csv.reader(file)) - 1, 0)
