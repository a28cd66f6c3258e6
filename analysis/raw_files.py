"""Raw files as dropped: found, unpacked, decoded to UTF-8, and known for CSV or JSON by their content."""

import codecs
import csv
import gzip
import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from analysis.config import Config
from analysis.errors import UserError

_CHUNK = 1 << 20
_DELIMITERS = ",;\t|"


@dataclass(frozen=True)
class Dropped:
    """A file as it stands in `data/raw`: the name that users know it by, its path, its SHA-256."""

    name: str
    path: Path
    sha: str


@dataclass(frozen=True)
class RawFile:
    """One readable file: UTF-8 text at `path`. `form` is csv, ndjson, array or document; `sha` is that of its own content."""

    name: str
    path: Path
    sha: str
    form: str
    delimiter: str = ","
    columns: tuple[str, ...] = ()


def find_dropped(paths: list[Path], base: Path) -> list[Dropped]:
    """Every file at or below `paths`, oldest first (a newer roster replaces an older one); hidden files and READMEs are left out."""
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise UserError(f"{path}: no such file or folder. Give the path of an export, or drop it in {base}.")
        found += [p for p in sorted(path.rglob("*")) if p.is_file()] if path.is_dir() else [path]
    wanted = [p for p in found if not p.name.startswith(".") and p.stem.upper() not in ("README", "LISEZMOI")]
    wanted.sort(key=lambda p: (p.stat().st_mtime_ns, p.as_posix()))
    return [Dropped(_shown_name(p, base), p, _sha_of(p)) for p in wanted]


def _shown_name(path: Path, base: Path) -> str:
    resolved = path.resolve()
    return resolved.relative_to(base).as_posix() if resolved.is_relative_to(base) else path.name


def _sha_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def open_dropped(dropped: Dropped, staging: Path, config: Config) -> Iterator[RawFile | UserError]:
    """The readable files inside a dropped one: itself, or the members of a zip. A member that cannot be read comes as its UserError.

    Compressed and non-UTF-8 content is written to `staging`, which the caller removes.
    """
    with dropped.path.open("rb") as file:
        magic = file.read(4)
    if magic.startswith(b"PK\x03\x04") or zipfile.is_zipfile(dropped.path):
        yield from _open_zip(dropped, staging, config)
    elif magic.startswith(b"\x1f\x8b"):
        with gzip.open(dropped.path) as stream:
            yield _attempt(dropped.name, stream, staging, config)
    else:
        yield _attempt(dropped.name, dropped.path, staging, config)


def _open_zip(dropped: Dropped, staging: Path, config: Config) -> Iterator[RawFile | UserError]:
    try:
        archive = zipfile.ZipFile(dropped.path)
    except zipfile.BadZipFile:
        yield UserError(f"{dropped.name}: the archive is damaged or stops before its end. Export or copy it again.")
        return
    with archive:
        for member in sorted(archive.infolist(), key=lambda m: m.filename):
            if not member.is_dir() and not Path(member.filename).name.startswith((".", "__MACOSX")):
                with archive.open(member) as stream:
                    yield _attempt(f"{dropped.name}/{Path(member.filename).name}", stream, staging, config)


def _attempt(name: str, content: Path | BinaryIO | gzip.GzipFile, staging: Path, config: Config) -> RawFile | UserError:
    try:
        path = content if isinstance(content, Path) else _unpacked(name, content, staging, config)
        return _described(name, _as_utf8(name, path, staging), _sha_of(path))
    except UserError as error:
        return error


def _unpacked(name: str, stream: BinaryIO | gzip.GzipFile, staging: Path, config: Config) -> Path:
    target = staging / f"{len(list(staging.iterdir()))}.unpacked"
    size = 0
    try:
        with target.open("wb") as out:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > config.limits.unpacked_bytes:
                    raise UserError(f"{name}: grows beyond {config.limits.unpacked_bytes} bytes when unpacked. Raise limits.unpacked_bytes if it is right.")
                out.write(chunk)
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile):
        raise UserError(f"{name}: the compressed file is damaged or stops before its end, after {size} bytes. Export or copy it again.") from None
    return target


def _as_utf8(name: str, path: Path, staging: Path) -> Path:
    encoding = _encoding(name, path)
    if encoding == "utf-8":
        return path
    target = staging / f"{len(list(staging.iterdir()))}.utf8"
    with path.open("r", encoding=encoding, errors="replace", newline="") as source, target.open("w", encoding="utf-8", newline="") as out:
        while text := source.read(_CHUNK):
            out.write(text)
    return target


def _encoding(name: str, path: Path) -> str:
    """UTF-8 where every byte agrees, else Windows-1252, which is what French exports that are not UTF-8 are written in."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        head = file.read(4)
        if not head:
            raise UserError(f"{name}: the file is empty (0 bytes). Export it again.")
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if head.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        file.seek(0)
        try:
            while chunk := file.read(_CHUNK):
                if b"\0" in chunk:
                    raise UserError(f"{name}: not a text file. Exports are CSV or JSON, plain or in .gz or .zip.")
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _described(name: str, path: Path, sha: str) -> RawFile:
    with path.open(encoding="utf-8", newline="") as file:
        first = next((line for line in file if line.strip()), None)
    if first is None:
        raise UserError(f"{name}: the file holds nothing but blank lines. Export it again.")
    start = first.lstrip()
    if start.startswith("["):
        return RawFile(name, path, sha, "array")
    if start.startswith("{"):
        return RawFile(name, path, sha, "ndjson" if _is_json(start) else "document")
    delimiter = max(_DELIMITERS, key=lambda d: len(_cells(path, d)))
    return RawFile(name, path, sha, "csv", delimiter, tuple(_cells(path, delimiter)))


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _cells(path: Path, delimiter: str) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader((line for line in file), delimiter=delimiter)
        return next((row for row in rows if row), [])
