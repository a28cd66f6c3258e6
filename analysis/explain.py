"""What a file is read as and why, and what became of it, in sentences."""

import csv
import tempfile
from dataclasses import dataclass
from pathlib import Path

from analysis.config import Config
from analysis.engine import new_connection
from analysis.errors import UserError
from analysis.lake import FileRecord
from analysis.raw_files import RawFile, find_dropped, open_dropped
from analysis.recognise import recognise


@dataclass(frozen=True)
class Explanation:
    """What one file would be read as: the source's name (empty when nothing recognises it) and a sentence."""

    file: str
    source: str
    sentence: str


def explain_file(path: Path, config: Config) -> list[Explanation]:
    """What the file, or each member of the archive, would be read as. Nothing is kept. Raises UserError when there is no such file."""
    with tempfile.TemporaryDirectory() as staging:
        dropped = find_dropped([path], path.parent.resolve())
        return [_explained(file, config, Path(staging)) for d in dropped for file in open_dropped(d, Path(staging), config)]


def _explained(file: RawFile | UserError, config: Config, staging: Path) -> Explanation:
    if isinstance(file, UserError):
        return Explanation("", "", str(file))
    with new_connection(config, staging) as connection:
        try:
            source = recognise(file, connection)
        except UserError as error:
            return Explanation(file.name, "", str(error))
    why = f"it has the columns {', '.join(source.needs)}"
    return Explanation(file.name, source.name, f"{file.name}: read as “{source.title}”, because {why}. It gives {source.gives}.")


def sentence_of(record: FileRecord, quarantine: Path | None = None) -> str:
    """What became of a file, with the first complaint about one of its rows where there is one."""
    if record.message:
        return record.message
    forgotten = f", of which {record.rows_forgotten:,} forgotten (`cartable forget`)" if record.rows_forgotten else ""
    counts = f"{_rows(record.rows_quarantined)} set aside, {record.rows_loaded:,} loaded{forgotten}"
    if record.rows_quarantined == 0:
        return f"{record.file}: {record.rows_loaded:,} rows loaded{forgotten}, {_rows(record.rows_duplicate)} twice in the file."
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
