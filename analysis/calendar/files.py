"""Small CSV files of facts: any separator and encoding that a spreadsheet writes, faults collected with file, line and column."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar

from analysis.errors import UserError

T = TypeVar("T")
FAULTS_SHOWN = 5


class Table(NamedTuple):
    """A file as read: `columns` are its headers, `rows` pair the line number with the cells, all text."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[int, dict[str, str]]]


class CellError(Exception):
    """`CellError(column, sentence)`: one cell that cannot be read; becomes part of a UserError."""


def read_header(path: Path) -> tuple[str, ...]:
    """The column names of a CSV file; empty for an empty file."""
    with path.open("rb") as raw:
        first = _decoded(raw.readline())
    return tuple(next(csv.reader([first], delimiter=_separator(first)), ()))


def read_table(path: Path) -> Table:
    """The whole file. Raises UserError for a row that has more cells than the header."""
    text = _decoded(path.read_bytes())
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_separator(text.partition("\n")[0]), restval="")
    rows = [(reader.line_num, row) for row in reader]
    for line, row in rows:
        if None in row:
            raise UserError(f"{path.name}, line {line}: more cells than the header has. Mend that line or download the file again.")
    return Table(path.name, tuple(reader.fieldnames or ()), rows)


def require(table: Table, columns: set[str], known_as: str) -> None:
    """Raises UserError if the file lacks one of `columns`."""
    if missing := sorted(columns - set(table.columns)):
        raise UserError(f"{table.name}: looks like {known_as}, but has no column {', '.join(missing)}. It has: {', '.join(table.columns)}.")


def parse_rows(table: Table, parse: Callable[[dict[str, str]], T]) -> list[T]:
    """`parse` of each row. Faults of all rows are collected into one UserError that names file, line, column and value."""
    faults: list[str] = []
    parsed = list(_parsed(table, parse, faults))
    if faults:
        more = [f"... and {len(faults) - FAULTS_SHOWN} more"] if len(faults) > FAULTS_SHOWN else []
        raise UserError("\n".join(faults[:FAULTS_SHOWN] + more))
    return parsed


def iso_date(row: dict[str, str], column: str) -> date:
    """The date in a cell. Raises CellError unless it is written as 2026-03-31."""
    try:
        return date.fromisoformat(row[column].strip())
    except ValueError:
        raise CellError(column, f'"{row[column]}" is not a date. Expected year-month-day, such as 2026-03-31.') from None


def _parsed(table: Table, parse: Callable[[dict[str, str]], T], faults: list[str]) -> Iterator[T]:
    for line, row in table.rows:
        try:
            yield parse(row)
        except CellError as error:
            column, sentence = error.args
            faults.append(f"{table.name}, line {line}, column {column}: {sentence}")


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:  # saved again by a spreadsheet on Windows
        return raw.decode("cp1252", errors="replace")


def _separator(header: str) -> str:
    return max(";,\t", key=header.count)
