"""What a dropped file holds: itself, or the members of an archive, unpacked beside the lake and never under a name of their own."""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from errno import EINVAL
from pathlib import Path, PurePosixPath
from typing import IO

from analysis.config import Config
from analysis.errors import UserError
from analysis.files import sha256_of
from analysis.foreign_text import file_name
from analysis.reading.dropped import Dropped, is_aside
from analysis.reading.raw_files import RawFile, describe_text

_CHUNK = 1 << 20
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_MEMBERS = 10_000
_SPREADSHEETS = ("xl/workbook.xml", "content.xml", "Index/Document.iwa")


# what users drop by mistake, by the first bytes
_OTHERS = {
    b"7z\xbc\xaf": "a 7z archive, which is not read. Pack it as a plain zip.",
    b"Rar!": "a rar archive, which is not read. Pack it as a plain zip.",
    b"BZh": "packed with bzip2, which is not read. Pack it as .gz or as a plain zip.",
    b"\xfd7zXZ": "packed with xz, which is not read. Pack it as .gz or as a plain zip.",
    b"(\xb5/\xfd": "packed with zstd, which is not read. Pack it as .gz or as a plain zip.",
    b"%PDF": "a PDF, not an export. Export the figures as CSV or JSON.",
    b"\xd0\xcf\x11\xe0": "a spreadsheet of an old kind, not an export. Save it as CSV UTF-8 and drop that file.",
    b"PAR1": "a Parquet file, which is not read. Export it as CSV.",
    b"SQLite format 3": "a database, not an export. Export its tables as CSV.",
}


class _Room:
    """How many bytes one dropped file may still grow to when it is unpacked, all its members together."""

    def __init__(self, limit: int) -> None:
        self.limit, self.left = limit, limit

    def take(self, size: int, name: str) -> None:
        """Raises UserError when there is no more room."""
        self.left -= size
        if self.left < 0:
            raise UserError(f"{name}: grows beyond {self.limit} bytes when unpacked. Raise limits.unpacked_bytes if it is right.")


def open_dropped(dropped: Dropped, staging: Path, config: Config) -> Iterator[RawFile | UserError]:
    """The readable files inside a dropped one: itself, or the members of a zip. A member that cannot be read comes as its UserError.

    Compressed and non-UTF-8 content is written to `staging`, which the caller removes.
    """
    if dropped.fault:
        yield UserError(dropped.fault)
        return
    with dropped.path.open("rb") as file:
        magic = file.read(16)
    other = next((what for start, what in _OTHERS.items() if magic.startswith(start)), "")
    room = _Room(config.limits.unpacked_bytes)
    if other:
        yield UserError(f"{dropped.name}: {other}")
    elif magic.startswith(_ZIP) or zipfile.is_zipfile(dropped.path):
        yield from _open_zip(dropped, staging, config, room)
    elif magic.startswith(_GZIP):
        with gzip.open(dropped.path) as stream:
            yield _attempt(dropped.name, stream, staging, config, room)
    else:
        yield _attempt(dropped.name, dropped.path, staging, config, room, dropped.sha)


def _open_zip(dropped: Dropped, staging: Path, config: Config, room: _Room) -> Iterator[RawFile | UserError]:
    try:
        archive = zipfile.ZipFile(dropped.path)
    except zipfile.BadZipFile:
        yield UserError(f"{dropped.name}: the archive is damaged or stops before its end. Export or copy it again.")
        return
    with archive:
        members = [m for m in sorted(archive.infolist(), key=lambda m: m.filename) if _is_wanted(m)]
        if any(m.filename in _SPREADSHEETS for m in members):
            yield UserError(f"{dropped.name}: a spreadsheet, not an export. Save it as CSV UTF-8 and drop that file.")
            return
        if not members:
            yield UserError(f"{dropped.name}: the archive holds no file. Export it again.")
        if len(members) > _MEMBERS:
            yield UserError(f"{dropped.name}: more than {_MEMBERS:,} files in one archive. Drop them in parts.")
            return
        for member in members:
            yield _open_member(file_name(f"{dropped.name}/{member.filename}"), archive, member, staging, config, room)


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    is_hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts)
    return not member.is_dir() and not is_hidden and not is_aside(Path(path))


def _open_member(
    name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, staging: Path, config: Config, room: _Room
) -> RawFile | UserError:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return UserError(f"{name}: its name leads out of the archive. Pack the files again, without folders above them.")
    try:
        with archive.open(member) as stream:
            return _attempt(name, stream, staging, config, room)
    except (RuntimeError, NotImplementedError):
        return UserError(f"{name}: locked with a password, or packed in a way that is not read. Pack it again as a plain zip.")
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return UserError(f"{name}: the archive is damaged here. Export or copy it again.")
    except OSError as error:
        if error.errno != EINVAL:
            raise
        return UserError(f"{name}: the archive is damaged here. Export or copy it again.")  # its table of contents points outside the file


def _attempt(
    name: str, content: Path | IO[bytes] | gzip.GzipFile, staging: Path, config: Config, room: _Room, sha: str = ""
) -> RawFile | UserError:
    try:
        path = content if isinstance(content, Path) else _unpacked(name, content, staging, room)
        return describe_text(name, path, sha or sha256_of(path), staging, config)
    except UserError as error:
        return error


def _unpacked(name: str, stream: IO[bytes] | gzip.GzipFile, staging: Path, room: _Room, depth: int = 1) -> Path:
    target = staging / f"{len(list(staging.iterdir()))}.unpacked"
    try:
        with target.open("wb") as out:
            while chunk := stream.read(_CHUNK):
                room.take(len(chunk), name)
                out.write(chunk)
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile):
        raise UserError(f"{name}: the compressed file is damaged or stops before its end. Export or copy it again.") from None
    with target.open("rb") as unpacked:
        magic = unpacked.read(4)
    # an export in .gz inside a .zip is common; a file packed in itself again and again is a trap
    if magic == _ZIP or (magic.startswith(_GZIP) and depth > 1):
        raise UserError(f"{name}: an archive inside an archive. Unpack it once and drop what is in it.")
    if magic.startswith(_GZIP):
        with gzip.open(target) as inner:
            return _unpacked(name, inner, staging, room, depth + 1)
    return target
