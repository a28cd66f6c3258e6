"""What became of a raw file, in a sentence."""

import csv
from pathlib import Path

from analysis.lake import FileRecord


def sentence_of(record: FileRecord, quarantine: Path | None = None) -> str:
    """What became of a file, with the first complaint about one of its rows where there is one."""
    if record.message:
        return record.message
    forgotten = f", of which {record.rows_forgotten:,} forgotten (`cartable forget`)" if record.rows_forgotten else ""
    counts = f"{_rows(record.rows_quarantined)} set aside, {record.rows_loaded:,} loaded{forgotten}"
    if record.rows_quarantined == 0:
        return f"{record.file}: {_rows(record.rows_loaded)} loaded{forgotten}, {_rows(record.rows_duplicate)} twice in the file."
    if not record.quarantine:
        return f"{record.file}: {counts}."
    where = f"see {quarantine.parent.name if quarantine else 'data'}/quarantine/{record.quarantine}"
    first = _first_complaint(quarantine / record.quarantine) if quarantine else ""
    return f"{record.file}{first}. {counts}; {where}." if first else f"{record.file}: {counts}; {where}."


def _rows(number: int) -> str:
    return f"{number:,} row" if number == 1 else f"{number:,} rows"


def _first_complaint(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        first = next(iter(csv.DictReader(file)), None)
    if first is None:
        return ""
    column = f", column {first['column']}" if first["column"] else ""
    return f", line {first['line']}{column}: {first['reason']}"
