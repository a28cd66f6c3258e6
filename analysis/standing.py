"""What now stands on what: files read whose raw file is gone or was replaced, and files that were forgotten."""

from dataclasses import dataclass

from analysis.lake import FORGOTTEN, LOADED, FileRecord, Lake
from analysis.open_lake import newest_at_each_place
from analysis.reading.dropped import Dropped
from analysis.tables import load_tables

REMOVED, REPLACED, LEFT = "removed", "replaced", "forgotten"


@dataclass(frozen=True)
class Standing:
    """A file as it was read, and what is to be known of it: `what` is removed, replaced or forgotten; `sha` says which bytes were read.

    `by` is the SHA-256 of what was dropped in its place, empty where nothing was; `rows` stand in the lake, and `counts` says whether a
    build counts them: a roster gives way to the newer one at its place, and logs add up.
    """

    file: str
    sha: str
    what: str
    by: str
    rows: int
    counts: bool
    sentence: str


def standing_of(lake: Lake, dropped: list[Dropped]) -> list[Standing]:
    """Every file read, or forgotten, of which the raw folder does not hold the bytes any more, or still holds what was forgotten."""
    present, shas = {d.name: d.sha for d in dropped}, {d.sha for d in dropped}
    counting = {r.sha for table in load_tables().values() for r in _counting(lake.loaded(table.name), bool(table.month))}
    found = [_forgotten(r, r.dropped_sha in shas) for r in lake.records() if r.status == FORGOTTEN]
    for record in lake.loaded():
        if record.dropped_sha not in shas and record.rows_kept:
            by = next((sha for name, sha in present.items() if record.file == name or record.file.startswith(f"{name}/")), "")
            found.append(_without_raw(record, by, record.sha in counting, lake))
    return found


def _counting(records: list[FileRecord], is_log: bool) -> list[FileRecord]:
    return records if is_log else newest_at_each_place([r for r in records if r.rows_loaded])


def _without_raw(record: FileRecord, by: str, counts: bool, lake: Lake) -> Standing:
    sentence = _replaced(record, by, counts, lake) if by else _removed(record, counts)
    return Standing(record.file, record.sha, REPLACED if by else REMOVED, by, record.rows_kept, counts, sentence)


def _removed(record: FileRecord, counts: bool) -> str:
    stand = "still stand in the lake" if counts else "count no more, for a newer roster took its place, and still lie in the lake"
    return f"{_name(record)}: no raw file with these bytes lies in the raw folder any more; its {_rows(record)} {stand}. {_erase(record)}"


def _replaced(record: FileRecord, by: str, counts: bool, lake: Lake) -> str:
    other, newer = f"other bytes ({by[:12]}) lie in its place", [r for r in lake.records() if r.dropped_sha == by]
    if not newer:
        return f"{_name(record)}: {other} and wait to be read; until then its {_rows(record)} count. Run `cartable ingest`."
    if not any(r.status == LOADED and r.table == record.table for r in newer):
        return f"{_name(record)}: {other}, refused or read as something else; its {_rows(record)} still count. {_erase(record)}"
    if load_tables()[record.table].month:
        both = f"both stand, the {_rows(record)} of the older too, and what they share counts once"
        return f"{_name(record)}: {other} and were read; {both}. {_erase(record)}"
    stand = "still count beside them" if counts else "count no more and still lie in the lake"
    whole = "were read" if counts else "replaced it whole"
    return f"{_name(record)}: {other} and {whole}; its {_rows(record)} {stand}. {_erase(record)}"


def _name(record: FileRecord) -> str:
    return f"{record.file} ({record.sha[:12]})"


def _rows(record: FileRecord) -> str:
    return f"{record.rows_kept:,} rows"


def _erase(record: FileRecord) -> str:
    return f"`cartable forget {record.sha[:12]}` takes them out."


def _forgotten(record: FileRecord, is_in_raw: bool) -> Standing:
    sentence = f"{record.message} It still lies there." if is_in_raw else record.message
    return Standing(record.file, record.sha, LEFT, "", 0, False, sentence)
