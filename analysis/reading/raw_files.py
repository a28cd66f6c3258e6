"""Raw files as dropped: found, unpacked, decoded to UTF-8, and known for CSV or JSON by their content."""

import codecs
import csv
import gzip
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from analysis.config import Config
from analysis.errors import UserError
from analysis.files import sha256_of

_CHUNK = 1 << 20
_DELIMITERS = ",;\t|"
_GZIP = b"\x1f\x8b"
_LONGEST_LINE = 1 << 26  # characters looked at of the first line
_SHOWN = 10_000  # characters of a line by which a form of lines is known
_NOT_TEXT = "not a text file. Exports are CSV or JSON, plain or in .gz or .zip."


@dataclass(frozen=True)
class Dropped:
    """A file as it stands in `data/raw`: the name that users know it by, its path, its SHA-256."""

    name: str
    path: Path
    sha: str


@dataclass(frozen=True)
class RawFile:
    """One readable file: UTF-8 text at `path`. `form` is csv, ndjson, array, document or xml; `sha` is that of its own content."""

    name: str
    path: Path
    sha: str
    form: str
    delimiter: str = ","
    columns: tuple[str, ...] = ()
    first_line_bytes: int = 0
    first_lines: tuple[str, ...] = ()


def find_dropped(paths: list[Path], base: Path) -> list[Dropped]:
    """Every file at or below `paths`, oldest first (a newer roster replaces an older one); hidden files and READMEs are left out."""
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise UserError(f"{path}: no such file or folder. Give the path of an export, or drop it in {base}.")
        found += [p for p in sorted(path.rglob("*")) if p.is_file()] if path.is_dir() else [path]
    wanted = [p for p in dict.fromkeys(found) if not _is_aside(p) and not any(part.startswith(".") for part in _within(p, paths))]
    wanted.sort(key=lambda p: (p.stat().st_mtime_ns, p.as_posix()))
    return [Dropped(_shown_name(p, base), p, sha256_of(p)) for p in wanted]


def _is_aside(path: Path) -> bool:
    return path.name.startswith(".") or path.stem.upper() in ("README", "LISEZMOI")


def _within(path: Path, folders: list[Path]) -> tuple[str, ...]:
    """The folders between the one that was asked for and the file."""
    return next((path.relative_to(f).parts for f in folders if path.is_relative_to(f)), ())


def _shown_name(path: Path, base: Path) -> str:
    resolved, folder = path.resolve(), base.resolve()
    return resolved.relative_to(folder).as_posix() if resolved.is_relative_to(folder) else path.name


def open_dropped(dropped: Dropped, staging: Path, config: Config) -> Iterator[RawFile | UserError]:
    """The readable files inside a dropped one: itself, or the members of a zip. A member that cannot be read comes as its UserError.

    Compressed and non-UTF-8 content is written to `staging`, which the caller removes.
    """
    with dropped.path.open("rb") as file:
        magic = file.read(4)
    if magic.startswith(b"PK\x03\x04") or zipfile.is_zipfile(dropped.path):
        yield from _open_zip(dropped, staging, config)
    elif magic.startswith(_GZIP):
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
        members = [m for m in sorted(archive.infolist(), key=lambda m: m.filename) if _is_wanted(m)]
        if any(m.filename in ("xl/workbook.xml", "content.xml") for m in members):
            yield UserError(f"{dropped.name}: a spreadsheet, not an export. Save it as CSV UTF-8 and drop that file.")
            return
        if not members:
            yield UserError(f"{dropped.name}: the archive holds no file. Export it again.")
        for member in members:
            yield _open_member(f"{dropped.name}/{member.filename}", archive, member, staging, config)


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    parts = Path(member.filename).parts
    return not member.is_dir() and not any(part.startswith((".", "__MACOSX")) for part in parts) and not _is_aside(Path(member.filename))


def _open_member(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, staging: Path, config: Config) -> RawFile | UserError:
    try:
        with archive.open(member) as stream:
            return _attempt(name, stream, staging, config)
    except (RuntimeError, NotImplementedError):
        return UserError(f"{name}: locked with a password, or packed in a way that is not read. Pack it again as a plain zip.")
    except zipfile.BadZipFile:
        return UserError(f"{name}: the archive is damaged here. Export or copy it again.")


def _attempt(name: str, content: Path | IO[bytes] | gzip.GzipFile, staging: Path, config: Config) -> RawFile | UserError:
    try:
        path = content if isinstance(content, Path) else _unpacked(name, content, staging, config)
        return _described(name, _as_utf8(name, path, staging), sha256_of(path), config)
    except UserError as error:
        return error


def _unpacked(name: str, stream: IO[bytes] | gzip.GzipFile, staging: Path, config: Config) -> Path:
    target = staging / f"{len(list(staging.iterdir()))}.unpacked"
    size, limit = 0, config.limits.unpacked_bytes
    try:
        with target.open("wb") as out:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > limit:
                    raise UserError(f"{name}: grows beyond {limit} bytes when unpacked. Raise limits.unpacked_bytes if it is right.")
                out.write(chunk)
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile):
        raise UserError(f"{name}: the compressed file is damaged or stops before its end. Export or copy it again.") from None
    if target.open("rb").read(2) == _GZIP:  # an export in .gz inside a .zip
        with gzip.open(target) as inner:
            return _unpacked(name, inner, staging, config)
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
        is_utf8 = True
        while chunk := file.read(_CHUNK):
            if b"\0" in chunk:
                raise UserError(f"{name}: {_NOT_TEXT}")
            is_utf8 = is_utf8 and _decodes(decoder, chunk)
        return "utf-8" if is_utf8 and _decodes(decoder, b"", final=True) else "cp1252"


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _described(name: str, path: Path, sha: str, config: Config) -> RawFile:
    first, second, third = _first_lines(path, 3)
    if not first:
        raise UserError(f"{name}: the file holds nothing but blank lines. Export it again.")
    size = len(first.encode())
    if re.match(r"<!doctype html|<html", first, re.IGNORECASE):
        raise UserError(f"{name}: a web page, not an export: the session had probably ended. Log in and export it again.")
    if first.startswith("<"):
        return RawFile(name, path, sha, "xml")
    if first.startswith("["):
        return RawFile(name, path, sha, "array", first_line_bytes=size)
    if first.startswith("{"):
        # a first line that is broken leaves a file of lines where the next ones are whole
        is_lines = _holds_json(first) or (_is_json(second) and (not third or _is_json(third)))
        return RawFile(name, path, sha, "ndjson" if is_lines else "document", first_line_bytes=size)
    delimiter = max(_DELIMITERS, key=lambda d: len(_header(name, path, d)))
    columns = _header(name, path, delimiter)
    if len(columns) > config.limits.columns:
        raise UserError(f"{name}: more than {config.limits.columns} columns. Raise limits.columns if it is right.")
    return RawFile(name, path, sha, "csv", delimiter, tuple(columns), first_lines=tuple(line[:_SHOWN] for line in (first, second, third)))


def _first_lines(path: Path, wanted: int) -> list[str]:
    """The first lines that are not blank, stripped; empty texts where the file has no more."""
    found: list[str] = []
    with path.open(encoding="utf-8") as file:
        while len(found) < wanted and (line := file.readline(_LONGEST_LINE)):
            found += [line.strip()] if line.strip() else []
    return found + [""] * (wanted - len(found))


def _holds_json(line: str) -> bool:
    """Whether the line starts with a whole JSON value."""
    try:
        json.JSONDecoder().raw_decode(line)
    except (ValueError, RecursionError):
        return False
    return True


def _is_json(line: str) -> bool:
    return line.endswith("}") and _holds_json(line)


def _header(name: str, path: Path, delimiter: str) -> list[str]:
    """The names of the columns, without the empty ones that delimiters at the end of the line make."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader((line for line in file), delimiter=delimiter)
        try:
            cells = next((row for row in rows if any(cell.strip() for cell in row)), [])
        except csv.Error:
            raise UserError(f"{name}: {_NOT_TEXT}") from None
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def count_lines(path: Path) -> int | None:
    """How many lines a text has; None where line ends are mixed or are those of old Macs, which the engine cannot be trusted with."""
    feeds = returns = pairs = 0
    last = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            feeds += chunk.count(b"\n")
            returns += chunk.count(b"\r")
            pairs += chunk.count(b"\r\n") + (last == b"\r" and chunk.startswith(b"\n"))
            last = chunk[-1:]
    if returns and not returns == pairs == feeds:
        return None
    return feeds + (last != b"\n")
