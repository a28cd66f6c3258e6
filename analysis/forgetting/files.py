"""`cartable forget FILE`: what was read from a raw file leaves the lake, and the same bytes do not come back unasked."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.build import today
from analysis.config import Config
from analysis.errors import UserError
from analysis.files import sha256_of
from analysis.forgetting.forget import renew_warehouse
from analysis.forgetting.notes import CONTENT, is_noted, keep_notes
from analysis.lake import FORGOTTEN, REFUSED, FileRecord, Lake
from analysis.reading.dropped import find_dropped
from analysis.retention import FileNote, load_retention, save_retention


@dataclass(frozen=True)
class ForgottenFile:
    """One file as it was read: its name, its SHA-256, the rows that leave the lake, and whether these bytes still lie in `data/raw`."""

    file: str
    sha: str
    rows: int
    is_in_raw: bool


@dataclass(frozen=True)
class FilesForgotten:
    """What goes, or would go. `warehouse_error` says why the warehouse could not be made again; then it was removed."""

    files: list[ForgottenFile]
    is_done: bool
    warehouse_error: str = ""


def forget_files(
    config: Config, names: list[str], is_sure: bool, progress: Callable[[str, int, int], None] = lambda step, done, of: None
) -> FilesForgotten:
    """Forgets raw files; without `is_sure` only says what would go. Call it under the lock.

    A name is one that `cartable status` shows (an archive or a folder means all that is in it), a path, or the first eight digits or more
    of a SHA-256. All that was ever read under a name goes, and every copy of the same content with it. Raises UserError for a name of
    which nothing was ever read.
    """
    lake = Lake(config)
    lake.sweep()
    records = _with_copies([r for name in names for r in _named(name, lake, config)], lake)
    in_raw = {d.sha for d in find_dropped([config.raw_dir], config.raw_dir)} if config.raw_dir.exists() else set()
    told = FilesForgotten([ForgottenFile(r.file, r.sha, r.rows_kept, r.dropped_sha in in_raw) for r in records], is_sure)
    if not is_sure:
        return told
    _promise(records, config)
    keep_notes(Lake(config))
    return replace(told, warehouse_error=renew_warehouse(config, progress))


def bring_back(config: Config, paths: list[Path]) -> None:
    """Takes files that were forgotten off the list, so that they are read again. Call it under the lock.

    Raises UserError where no path is given: nothing that was forgotten comes back unnamed.
    """
    if not paths:
        raise UserError("--again: name the files that are to be read again. Without a name, nothing that was forgotten comes back.")
    lake, retention = Lake(config), load_retention(config)
    contents = set()
    for dropped in find_dropped(paths, config.raw_dir):
        contents |= {dropped.sha[:CONTENT], *(r.sha[:CONTENT] for r in lake.records() if r.dropped_sha == dropped.sha)}
    save_retention(replace(retention, files=tuple(n for n in retention.files if n.sha[:CONTENT] not in contents)), config)
    lake.forget([r for r in lake.records() if r.status == FORGOTTEN and r.sha[:CONTENT] in contents])


def _named(name: str, lake: Lake, config: Config) -> list[FileRecord]:
    path = Path(name)
    names, sha = {name, _shown(path, config)} - {""}, sha256_of(path) if path.is_file() else name
    found = [r for r in lake.records() if r.status != REFUSED and (_is_below(r.file, names) or _has_sha(r, sha))]
    if not found:
        raise UserError(f"{name}: nothing that was read has this name. `cartable status` shows the names; a refused file left no rows.")
    return found


def _shown(path: Path, config: Config) -> str:
    """The name that `cartable status` gives to a path in the raw folder, whether or not anything lies there; empty elsewhere."""
    resolved, folder = path.resolve(), config.raw_dir.resolve()
    return resolved.relative_to(folder).as_posix() if resolved != folder and resolved.is_relative_to(folder) else ""


def _is_below(file: str, names: Iterable[str]) -> bool:
    return any(file == name or file.startswith(f"{name.rstrip('/')}/") for name in names)


def _has_sha(record: FileRecord, sha: str) -> bool:
    return bool(re.fullmatch("[0-9a-f]{8,64}", sha)) and (record.sha.startswith(sha) or record.dropped_sha.startswith(sha))


def _with_copies(named: list[FileRecord], lake: Lake) -> list[FileRecord]:
    """Those and every record of the same content: its rows were loaded once, for whichever came first."""
    contents = {record.sha[:CONTENT] for record in named}
    return [r for r in lake.records() if r.status != REFUSED and r.sha[:CONTENT] in contents]


def _promise(records: list[FileRecord], config: Config) -> None:
    """Notes the content of each, once: the first record of a content begins with its whole SHA-256."""
    retention = load_retention(config)
    rows: dict[str, int] = {}
    firsts: dict[str, FileRecord] = {}
    for record in records:
        rows[record.sha[:CONTENT]] = rows.get(record.sha[:CONTENT], 0) + record.rows_kept
        firsts.setdefault(record.sha[:CONTENT], record)
    new = [FileNote(today().isoformat(), r.sha[:64], rows[content]) for content, r in firsts.items() if not is_noted(r, retention.files)]
    save_retention(replace(retention, files=(*retention.files, *new)), config)
