"""Read-only questions to the warehouse: one SELECT at a time, as a table, CSV or JSON."""

import csv
import io
import math
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb

from analysis.config import Config
from analysis.errors import UserError
from analysis.foreign_text import json_text, spreadsheet_cell
from analysis.open_warehouse import opened_read_only

_READING = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN, duckdb.StatementType.RELATION}


@dataclass(frozen=True)
class Answer:
    """Column names and rows."""

    columns: list[str]
    rows: list[tuple]

    def as_csv(self) -> str:
        """The rows as CSV with a header; nothing in it is a formula to a spreadsheet or steers a terminal."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([spreadsheet_cell(cell) for cell in row] for row in [self.columns, *self.rows])
        return out.getvalue()

    def as_json(self) -> str:
        """The rows as a JSON array of objects; dates and instants as ISO text, what is no number as null."""
        rows = [{name: _plain(cell) for name, cell in zip(self.columns, row, strict=True)} for row in self.rows]
        return json_text(rows)


def _plain(cell: object) -> object:
    """A cell as JSON has it."""
    if isinstance(cell, Decimal):
        return float(cell)
    if isinstance(cell, float) and not math.isfinite(cell):
        return None
    return cell.isoformat() if isinstance(cell, date) else cell


def ask(config: Config, sql: str) -> Answer:
    """The answer of the warehouse to one reading statement.

    The connection can neither write nor open a file outside the lake. Raises UserError for anything but one SELECT (or DESCRIBE,
    SHOW, EXPLAIN, SUMMARIZE), for wrong SQL, and where there is no warehouse yet.
    """
    with opened_read_only(config) as connection:
        try:
            _refuse_writing(connection, sql)
            cursor = connection.execute(sql)
            return Answer([name for name, *_ in cursor.description or []], cursor.fetchall())
        except duckdb.Error as error:
            raise UserError(f"The query was not understood: {error}") from None


def _refuse_writing(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    statements = connection.extract_statements(sql)
    if len(statements) != 1 or statements[0].type not in _READING:
        raise UserError("`cartable query` answers one reading statement: SELECT, DESCRIBE, SHOW, SUMMARIZE or EXPLAIN.")
