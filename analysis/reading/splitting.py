"""Careful splitting of a text that the engine does not read in one go: line by line, with the line number of every record.

An unclosed quotation mark, a blank line, a mixture of line ends or a broken line costs the line that it stands on and no other.
"""

import csv
import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, TextIO

from analysis.reading.raw_files import RawFile

NOT_JSON = "not valid JSON"
_UNCLOSED = "a quotation mark that is not closed, or that stands inside a cell"
_TOO_LONG = "a line that is too long"
_MOST_LINES = 200  # of one cell: beyond it, a quotation mark was forgotten
_LONGEST_JSON = 1 << 26  # characters


@dataclass(frozen=True)
class Unsplit:
    """A record that could not be split into columns: the line on which it starts and why."""

    line: int
    reason: str


class Split(NamedTuple):
    """A record: the line on which it starts and its cells (for JSON one cell, its text)."""

    line: int
    cells: list[str]


class _Lines:
    """Numbered lines of a text, some of which may be put back."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._back: deque[str] = deque()
        self._next = 1

    def take(self) -> tuple[int, str] | None:
        line = self._back.popleft() if self._back else self._text.readline()
        if not line:
            return None
        self._next += 1
        return self._next - 1, line

    def put_back(self, lines: list[str]) -> None:
        self._back.extendleft(reversed(lines))
        self._next -= len(lines)


def split_csv(file: RawFile) -> Iterator[Split | Unsplit]:
    """Every record of a CSV file after its header, whole or as what could not be split; blank lines are no records."""
    with file.path.open(encoding="utf-8", newline="") as text:
        records = _csv_records(_Lines(text), file.delimiter, len(file.columns))
        next(records, None)  # the header
        yield from records


def _csv_records(lines: _Lines, delimiter: str, width: int) -> Iterator[Split | Unsplit]:
    while (taken := lines.take()) is not None:
        number, first = taken
        if first.strip():
            chunk = [first]
            row = _row(chunk, delimiter)
            while row is None and (more := lines.take()) is not None:
                chunk.append(more[1])
                if '"' in more[1]:
                    row = _row(chunk, delimiter)
                if len(chunk) > _MOST_LINES:
                    break
            record = _judged(number, row, len(chunk), width)
            if isinstance(record, Unsplit):
                lines.put_back(chunk[1:])
            yield record


def _row(chunk: list[str], delimiter: str) -> list[str] | str | None:
    """The cells of the lines taken as one record; None when a quotation mark is still open; a reason when they are none."""
    if '"' not in chunk[0]:
        return chunk[0].rstrip("\r\n").split(delimiter)
    try:
        rows = list(csv.reader(chunk, delimiter=delimiter, strict=True, skipinitialspace=delimiter != "\t"))
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            return None
        return _TOO_LONG if "field limit" in str(error) else _UNCLOSED
    return rows[0] if len(rows) == 1 else _UNCLOSED


def _judged(number: int, row: list[str] | str | None, lines: int, width: int) -> Split | Unsplit:
    if row is None or isinstance(row, str):
        return Unsplit(number, row or _UNCLOSED)
    cells = row if len(row) == width else _without_empty_end(row, width)
    if len(cells) == width:
        return Split(number, cells)
    if lines > 1:
        return Unsplit(number, _UNCLOSED)
    return Unsplit(number, f"{'fewer' if len(cells) < width else 'more'} than the {width} columns of the header")


def _without_empty_end(cells: list[str], width: int) -> list[str]:
    """The cells without the empty ones that delimiters at the end of a line make."""
    return cells[:width] if not any(cell.strip() for cell in cells[width:]) else cells


def split_ndjson(file: RawFile) -> Iterator[Split | Unsplit]:
    """Every JSON value of a file that has one or more to a line; a line that is none comes as what could not be split."""
    with file.path.open(encoding="utf-8") as text:
        for number, line in enumerate(text, 1):
            if line.strip():
                values = _values(line.strip())
                yield from [Split(number, [value]) for value in values] if values else [Unsplit(number, NOT_JSON)]


def _values(line: str) -> list[str]:
    """The JSON texts of one line, with or without commas between them; none when a part of the line is not JSON."""
    decoder, values, start = json.JSONDecoder(), [], 0
    if len(line) > _LONGEST_JSON:
        return []
    while start < len(line):
        try:
            _, end = decoder.raw_decode(line, start)
        except (ValueError, RecursionError):
            return []
        values.append(line[start:end])
        start = end
        while start < len(line) and line[start] in ", \t\r":
            start += 1
    return values
