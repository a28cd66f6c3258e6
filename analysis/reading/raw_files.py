"""Plain raw files: decoded to UTF-8, and known for CSV, JSON or XML by their content."""

import codecs
import csv
import json
import re
from dataclasses import dataclass
from pathlib import Path

from analysis.config import Config
from analysis.errors import UserError

_CHUNK = 1 << 20
_DELIMITERS = ",;\t|"
_GZIP = b"\x1f\x8b"
_LONGEST_LINE = 1 << 26  # characters looked at of the first line
_SHOWN = 10_000  # characters of a line by which a form of lines is known
_NOT_TEXT = "not a text file. Exports are CSV or JSON, plain or in .gz or .zip."


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


def describe_text(name: str, path: Path, sha: str, staging: Path, config: Config) -> RawFile:
    """A plain file as a readable one: decoded to UTF-8 (into `staging` where it was not), its form and header known.

    Raises UserError where it is no text, is empty, or has more columns than the limits allow.
    """
    return _described(name, _as_utf8(name, path, staging), sha, config)


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
        if len(head) == 4 and head[0] and head[2] and not head[1] and not head[3]:
            return "utf-16-le"  # without its mark, but no other text has a zero byte after each letter
        file.seek(0)
        is_utf8, lines = True, 1
        while chunk := file.read(_CHUNK):
            if b"\0" in chunk:
                raise UserError(f"{name}: {_of_zero_byte(lines + chunk[: chunk.index(0)].count(10))}")
            lines += chunk.count(b"\n")
            is_utf8 = is_utf8 and _decodes(decoder, chunk)
        return "utf-8" if is_utf8 and _decodes(decoder, b"", final=True) else "cp1252"


def _of_zero_byte(line: int) -> str:
    # in the first line it is no text at all; further down, a text that a disk or a copy damaged
    return _NOT_TEXT if line == 1 else f"damaged: a zero byte stands in line {line}, which no text holds. Export or copy it again."


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
