"""Raw files that were forgotten by their name: what stands of them in the lake goes, and what is read again stays out."""

from collections.abc import Iterable
from dataclasses import replace

from analysis.lake import FORGOTTEN, FileRecord, Lake
from analysis.reading.dropped import Dropped
from analysis.reading.raw_files import RawFile
from analysis.retention import FileNote

CONTENT = 32  # of a SHA-256: as much of it as tells contents apart in every record, those of copies in an archive too


def keep_notes(lake: Lake) -> None:
    """Takes out of the lake every file that is noted as forgotten: the rows, the list of those set aside, the place among rosters."""
    notes = tuple(lake.forgotten_files.values())
    for record in lake.loaded() if notes else []:
        if is_noted(record, notes):
            with lake.staging() as staging:
                lake.cut(_without_rows(record, lake.forgotten_files), staging)


def is_noted(record: FileRecord, notes: Iterable[FileNote]) -> bool:
    """Whether the content of a file is among those forgotten."""
    return any(note.sha[:CONTENT] == record.sha[:CONTENT] for note in notes)


def not_again(file: RawFile, dropped: Dropped, lake: Lake) -> FileRecord | None:
    """The record of a file that is being read and whose content was forgotten; None for any other."""
    note = lake.forgotten_files.get(file.sha)
    if note is None:
        return None
    same = lake.find(file.sha)
    if same is not None and same.dropped_sha == dropped.sha:
        return same
    sha = file.sha if same is None else f"{file.sha[:CONTENT]}{dropped.sha[:CONTENT]}"
    return FileRecord(file.name, sha, dropped.sha, FORGOTTEN, message=_sentence(file.name, note))


def _without_rows(record: FileRecord, notes: dict[str, FileNote]) -> FileRecord:
    note = next(n for n in notes.values() if n.sha[:CONTENT] == record.sha[:CONTENT])
    gone = replace(record, status=FORGOTTEN, rows_forgotten=record.rows_loaded, edition=record.edition + 1)
    return replace(gone, months=(), first="", last="", quarantine="", place="", message=_sentence(record.file, note))


def _sentence(name: str, note: FileNote) -> str:
    return (
        f"{name}: forgotten on {note.on}, and not read again. If its raw file still lies there, delete it; "
        "to bring its rows back on purpose: `cartable ingest --again` with its path."
    )
