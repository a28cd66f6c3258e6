"""The lake: checked rows as Parquet, one folder per table and month, and one record per raw file of what became of it.

A file's Parquet is written beside and renamed in, its record last: until the record is there, nothing of the file counts.
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

LOADED, REFUSED = "loaded", "refused"


@dataclass(frozen=True)
class FileRecord:
    """What became of one raw file: rows read = loaded + quarantined + duplicate, always."""

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
    months: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    sequence: int = 0
    message: str = ""

    def __post_init__(self) -> None:
        counted = self.rows_loaded + self.rows_quarantined + self.rows_duplicate
        if self.rows_read != counted:
            raise AssertionError(f"{self.file}: {self.rows_read} rows read, {counted} accounted for")


class Lake:
    """The folder `data/lake`."""

    def __init__(self, config: Config) -> None:
        self.folder = config.lake_dir
        self._records = self.folder / "files"
        self._staging = config.data_dir / ".staging"

    def records(self) -> list[FileRecord]:
        """The record of every raw file ever met, in the order in which they were met."""
        found = [_record(path) for path in self._records.glob("*.json")]
        return sorted(found, key=lambda r: (r.sequence, r.file))

    def loaded(self, table: str | None = None) -> list[FileRecord]:
        """The records of the files whose rows are in the lake, of one table or of all."""
        return [r for r in self.records() if r.status == LOADED and table in (None, r.table)]

    def parquet(self, record: FileRecord) -> list[Path]:
        """The Parquet files that hold the rows of a raw file."""
        return sorted((self.folder / record.table).glob(f"**/{record.sha}.parquet"))

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
        """Removes what a crashed run left: staged files, and Parquet whose raw file has no record. Call it under the lock."""
        shutil.rmtree(self._staging, ignore_errors=True)
        known = {r.sha for r in self.loaded()}
        for path in self.folder.glob("*/**/*.parquet"):
            if path.stem not in known:
                path.unlink()

    def commit(self, record: FileRecord, staged: Path) -> FileRecord:
        """Moves the staged Parquet of a file in and writes its record; returns it with its place in the order."""
        for path in sorted(staged.glob("**/*.parquet")):
            target = self.folder / path.relative_to(staged)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, target)
        return self.remember(record)

    def remember(self, record: FileRecord) -> FileRecord:
        """Writes the record of a file."""
        last = max((r.sequence for r in self.records()), default=0)
        record = replace(record, sequence=last + 1)
        write_beside(self._records / f"{record.sha}.json", json.dumps(asdict(record), ensure_ascii=False, indent=1))
        return record


def write_beside(path: Path, text: str) -> None:
    """Writes a whole text file with one rename, so that nobody ever reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)


def _record(path: Path) -> FileRecord:
    content = json.loads(path.read_text(encoding="utf-8"))
    return FileRecord(**{**content, "months": tuple(content["months"])})
