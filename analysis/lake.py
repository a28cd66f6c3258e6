"""The lake: checked rows as Parquet, one folder per table and month, and one record per raw file of what became of it.

A file's Parquet is written beside and renamed in, its record last: until the record is there, nothing of the file counts. Each is on the
disk itself before the next: a power cut must not leave a record that says "loaded" beside a Parquet file that is empty.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from analysis.config import Config
from analysis.files import settle, sweep_beside, write_beside
from analysis.retention import load_retention

LOADED, REFUSED, FORGOTTEN = "loaded", "refused", "forgotten"
_UNFINISHED = ".unfinished"
UNCOUNTED = "set aside before reasons were counted"


@dataclass(frozen=True)
class FileRecord:
    """What became of one raw file: rows read = loaded + quarantined + duplicate, always.

    That says what its reading found. Of the rows loaded, `rows_forgotten` have left the lake since: they were older than the day from which
    data are kept, or a person's who was forgotten. A file of which nothing is left keeps its record, so that it is known when it is dropped
    again. One that was forgotten by its name has the status `forgotten`.

    `set_aside` says why rows were quarantined, as (column, problem, rows), and adds up to them; it holds no value of a row.
    """

    file: str
    sha: str
    dropped_sha: str
    status: str
    source: str = ""
    table: str = ""
    rows_read: int = 0
    rows_loaded: int = 0
    rows_quarantined: int = 0
    rows_duplicate: int = 0
    set_aside: tuple[tuple[str, str, int], ...] = ()
    months: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    sequence: int = 0
    version: str = ""
    quarantine: str = ""
    place: str = ""  # stands for the path that the file was dropped at: a newer roster there replaces the older one
    context: str = ""  # what its folder told of it: in another folder it is read again
    message: str = ""
    rows_forgotten: int = 0
    edition: int = 0  # of its Parquet: when rows are forgotten or the file is read again, it is written anew under the next number

    @property
    def rows_kept(self) -> int:
        """How many of its rows stand in the lake."""
        return self.rows_loaded - self.rows_forgotten

    @property
    def stem(self) -> str:
        """The name of its Parquet files, without ending."""
        return f"{self.sha}.{self.edition}" if self.edition else self.sha

    def __post_init__(self) -> None:
        counted = self.rows_loaded + self.rows_quarantined + self.rows_duplicate
        if self.rows_read != counted:
            raise AssertionError(f"{self.file}: {self.rows_read} rows read, {counted} accounted for")
        explained = sum(rows for _, _, rows in self.set_aside)
        if self.rows_quarantined != explained:
            raise AssertionError(f"{self.file}: {self.rows_quarantined} rows set aside, {explained} with a reason")
        if self.rows_kept < 0:
            raise AssertionError(f"{self.file}: {self.rows_forgotten} rows forgotten of {self.rows_loaded}")


class Lake:
    """The folder `data/lake`."""

    def __init__(self, config: Config) -> None:
        self.folder = config.lake_dir
        self._records = self.folder / "files"
        self._staging = config.data_dir / ".staging"
        self._quarantine = config.quarantine_dir
        self._ledger = config.ledger_dir
        promised = load_retention(config)
        self.keeps_from = promised.keeps_from  # rows of earlier days were forgotten, and do not come back
        self.forgotten_files = {note.sha: note for note in promised.files}
        self._known: dict[str, FileRecord] | None = None  # read once: a year of daily files is thousands of records

    def records(self) -> list[FileRecord]:
        """The record of every raw file ever met, in the order in which they were met."""
        if self._known is None:
            self._known = {path.stem: _record(path) for path in self._records.glob("*.json")}
        return sorted(self._known.values(), key=lambda r: (r.sequence, r.file))

    def find(self, sha: str) -> FileRecord | None:
        """The record of the file with that content, if it was ever met."""
        self.records()
        return (self._known or {}).get(sha)

    def loaded(self, table: str | None = None) -> list[FileRecord]:
        """The records of the files whose rows are in the lake, of one table or of all."""
        return [r for r in self.records() if r.status == LOADED and table in (None, r.table)]

    def parquet(self, record: FileRecord) -> list[Path]:
        """The Parquet files that hold the rows of a raw file; none where all were forgotten."""
        folder = self.folder / record.table
        folders = [folder / f"month={month}" for month in record.months] or [folder]
        is_gone = record.rows_forgotten and not record.rows_kept
        return [] if is_gone else [place / f"{record.stem}.parquet" for place in folders]

    def logs_by_month(self, records: list[FileRecord]) -> dict[str, dict[str, list[str]]]:
        """The Parquet files of these records that are filed by month, by table and month (2025-10)."""
        found: dict[str, dict[str, list[str]]] = {}
        for record in records:
            for month, path in zip(record.months, self.parquet(record), strict=False):  # no file, where all rows were forgotten
                found.setdefault(record.table, {}).setdefault(month, []).append(str(path))
        return found

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """A private folder on the same disk, removed at the end whatever happens."""
        self._staging.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder = Path(tempfile.mkdtemp(dir=self._staging))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def sweep(self) -> None:
        """Removes what a crashed run left: staged and half-written files, Parquet that no record speaks of. Call it under the lock."""
        shutil.rmtree(self._staging, ignore_errors=True)
        for folder in (self.folder, self._quarantine, self._ledger):
            sweep_beside(folder)
        sweep_beside(self._staging.parent, depth="")
        known = {path for record in self.loaded() for path in self.parquet(record)}
        for path in self.folder.glob("*/**/*.parquet"):
            if path not in known:
                path.unlink()
        explained = {r.quarantine for r in self.records()}
        for path in [*self._quarantine.glob("*.csv"), *self._quarantine.glob(".*.csv.*"), *self._records.glob(".*")]:
            if path.name not in explained:
                path.unlink()
        dropped = {r.dropped_sha for r in self.records()}
        for path in self._records.glob(f"*{_UNFINISHED}"):
            if path.stem not in dropped:
                path.unlink()

    @contextmanager
    def reading(self, dropped_sha: str) -> Iterator[None]:
        """While the parts of a dropped file are taken in, a mark says so: some of an archive's parts must not pass for all of them."""
        mark = self._records / f"{dropped_sha}{_UNFINISHED}"
        write_beside(mark, b"")
        yield  # no `finally`: where the work ends before its end, the mark has to stay
        mark.unlink(missing_ok=True)

    def unfinished(self) -> set[str]:
        """The SHA-256 of the dropped files that a run began to take in and did not get to the end of."""
        return {path.stem for path in self._records.glob(f"*{_UNFINISHED}")}

    def next_edition(self, record: FileRecord) -> int:
        """Under which number the Parquet of a file that is read (again) is written: what stands is never written over by other rows."""
        known = self.find(record.sha)
        if known is None or known.status != LOADED or not known.table:
            return 0
        is_same = (known.version, known.rows_forgotten) == (record.version, record.rows_forgotten)
        return known.edition if is_same else known.edition + 1

    def commit(self, record: FileRecord, staged: Path) -> FileRecord:
        """Moves the staged Parquet of a file in and writes its record; returns it with its place in the order."""
        for path in sorted(staged.glob("**/*.parquet")):
            target = self.folder / path.relative_to(staged)
            target.parent.mkdir(parents=True, exist_ok=True)
            settle(path)
            os.replace(path, target)
            settle(target.parent)
        return self.remember(record)

    def cut(self, record: FileRecord, staged: Path) -> FileRecord:
        """Puts the staged Parquet of a file in the place of its edition before, if any: all of the old stands, or all of the new."""
        before = self.find(record.sha)
        after = self.commit(record, staged)
        for path in set(self.parquet(before) if before else []).difference(self.parquet(after)):
            path.unlink(missing_ok=True)
        if before and before.quarantine and not after.quarantine:
            (self._quarantine / before.quarantine).unlink(missing_ok=True)
        return after

    def remember(self, record: FileRecord) -> FileRecord:
        """Writes the record of a file, unless the same stands there already. A file that is read again keeps its place in the order."""
        known = self.find(record.sha)
        if known is None:
            return self.renew(record)
        again = replace(record, sequence=known.sequence)
        if again == known:
            return known
        return self._write(again) if known.status == LOADED else self.renew(record)

    def renew(self, record: FileRecord) -> FileRecord:
        """Writes the record of a file as the newest of all."""
        last = max((r.sequence for r in self.records()), default=0)
        return self._write(replace(record, sequence=last + 1))

    def _write(self, record: FileRecord) -> FileRecord:
        write_beside(self._records / f"{record.sha}.json", json.dumps(asdict(record), ensure_ascii=False, indent=1).encode())
        if self._known is not None:
            self._known[record.sha] = record
        return record

    def forget(self, records: list[FileRecord]) -> None:
        """Removes the records of files that were refused and no longer are."""
        for record in records:
            (self._records / f"{record.sha}.json").unlink(missing_ok=True)
        self._known = None


def _record(path: Path) -> FileRecord:
    content = json.loads(path.read_text(encoding="utf-8"))
    if "set_aside" not in content:
        content |= _uncounted(content["rows_quarantined"])
    return FileRecord(**{**content, "months": tuple(content["months"]), "set_aside": tuple(map(tuple, content["set_aside"]))})


def _uncounted(rows: int) -> dict:
    """What a record from before reasons were counted lacks: without a version, its raw file is read again, and they are."""
    return {"set_aside": [["", UNCOUNTED, rows]], "version": ""} if rows else {"set_aside": []}
