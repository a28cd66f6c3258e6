"""Plain raw files: decoded to UTF-8, and known for CSV, JSON or XML by their content."""

import csv
import json
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from analysis.config import Config
from analysis.errors import UserError
from analysis.reading.text_facts import NOT_TEXT, TextFacts, look_through

_CHUNK = 1 << 20
_DELIMITERS = ",;\t|"
_LONGEST_LINE = 1 << 26  # characters looked at of the first line
_SHOWN = 10_000  # characters of a line by which a form of lines is known


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
    lines: int | None = None
    has_blanks: bool = True
    has_quotes: bool = True
    has_escapes: bool = True


def describe_text(name: str, path: Path, sha: str, staging: Path, config: Config) -> RawFile:
    """A plain file as a readable one: decoded to UTF-8 (into `staging` where it was not), its form and header known.

    Raises UserError where it is no text, is empty, or has more columns than the limits allow.
    """
    text, facts = _in_utf8(name, path, staging)
    return replace(_described(name, text, sha, config), **{name: value for name, value in asdict(facts).items() if name != "encoding"})


def _in_utf8(name: str, path: Path, staging: Path) -> tuple[Path, TextFacts]:
    """The file itself, or where it is not in UTF-8 a copy that is; and the facts of that one."""
    facts = look_through(name, path)
    if facts.encoding == "utf-8":
        return path, facts
    target = staging / f"{len(list(staging.iterdir()))}.utf8"
    encoding = facts.encoding
    with path.open("r", encoding=encoding, errors="replace", newline="") as source, target.open("w", encoding="utf-8", newline="") as out:
        while text := source.read(_CHUNK):
            out.write(text)
    is_empty = target.stat().st_size == 0  # a mark of the encoding and nothing else
    return target, facts if is_empty else look_through(name, target)


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
            raise UserError(f"{name}: {NOT_TEXT}") from None
    while cells and not cells[-1].strip():
        cells.pop()
    return cells
