"""Which canonical rows are faulty, and the sentence for each: the checks that `tables/*.toml` declare, applied to a source's rows."""

from collections import Counter
from dataclasses import dataclass

import duckdb

from analysis.engine import literal, quoted
from analysis.reading.identifier_gate import safe_to_show
from analysis.reading.splitting import Unsplit
from analysis.sources import MELTED, MELTED_NAME, Source
from analysis.tables import Column

_NOT = {
    "DATE": "not a date",
    "TIMESTAMPTZ": "not a date",
    "DOUBLE": "not a number",
    "INTEGER": "not a whole number",
    "BOOLEAN": "neither yes nor no",
}


@dataclass(frozen=True)
class Complaint:
    """One thing that can be wrong with a row: where `bad` holds (SQL over the canonical columns c), `reason` is why."""

    column: str
    bad: str
    reason: str
    shows_value: bool = False


@dataclass(frozen=True)
class Fault:
    """A record set aside: its number among those read, the column as its source calls it, and the reason as a sentence part.

    `problem` is what the check always says; `reason` repeats the faulty value before it, where that may be shown. `cell` is the column of
    the file, where the record is one cell of a line.
    """

    record: int
    column: str
    problem: str
    reason: str
    cell: str = ""


def find_faults(source: Source, connection: duckdb.DuckDBPyConnection) -> list[Fault]:
    """The faulty rows of the table `canonical`; afterwards the table `accepted` holds the others.

    A row has one fault: the first that its table's columns complain of.
    """
    complaints = list(complaints_of(source))
    cases = " ".join(f"WHEN {c.bad} THEN {i}" for i, c in enumerate(complaints))
    # under names of their own, so that a check may name the canonical columns plainly
    as_read = ", ".join(f"{quoted(name)} AS {_as_read(name)}" for name in source.takes)
    judged = f"SELECT c.*, CASE {cases} END AS complaint FROM canonical AS c JOIN (SELECT record, {as_read} FROM raw) AS r USING (record)"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE judged AS {judged}")
    connection.execute("CREATE OR REPLACE TEMP VIEW accepted AS SELECT * EXCLUDE (complaint) FROM judged WHERE complaint IS NULL")
    made = [i for (i,) in connection.execute("SELECT DISTINCT complaint FROM judged WHERE complaint IS NOT NULL").fetchall()]
    return [fault for i in sorted(made) for fault in _faults(i, complaints[i], source, connection)]


def complaints_of(source: Source) -> list[Complaint]:
    """Everything that a row of this source can be set aside for, in the order of the table's columns."""
    given = ("source", "evidence")
    return [complaint for column in source.table.columns if column.name not in given for complaint in _of_column(column, source)]


def count_problems(faults: list[Fault], unsplit: list[Unsplit]) -> tuple[tuple[str, str, int], ...]:
    """How many rows each problem set aside, as (column, problem, rows), the most first; without a column: rows that could not be split.

    The words are those of the checks and of the splitting: no value of a row is among them.
    """
    counts = Counter([*((fault.column, fault.problem) for fault in faults), *(("", part.reason) for part in unsplit)])
    return tuple((column, problem, rows) for (column, problem), rows in sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def _as_read(column: str) -> str:
    return quoted(f"{column} as read")


def _of_column(column: Column, source: Source) -> list[Complaint]:
    value, raw = f"c.{quoted(column.name)}", source.raw_column(column.name)
    name = raw or column.name
    # an identifier may look like a number
    shows_value = not column.pseudonym
    found = []
    if raw in source.takes:  # what the path tells is no column
        expected = source.expected(column.name) or _expected(column)
        unreadable = f"{value} IS NULL AND {_as_read(name)} IS NOT NULL"
        found.append(Complaint(name, unreadable, _unreadable(column, expected), shows_value))
    if column.required and column.name not in source.elsewhere:
        found.append(Complaint(name, f"{value} IS NULL", dict(source.lacks).get(column.name, "empty")))
    if column.values:
        allowed = ", ".join(map(literal, column.values))
        found.append(Complaint(name, f"{value} NOT IN ({allowed})", f"not one of {', '.join(column.values)}", shows_value))
    if column.check:
        found.append(Complaint(name, f"NOT ({column.check})", column.problem, shows_value))
    return found


def _unreadable(column: Column, expected: str) -> str:
    fault = _NOT.get(column.type, "not what is expected here")
    return fault if fault == f"not {expected}" else f"{fault}. Expected {expected}"


def _expected(column: Column) -> str:
    if column.values:
        return ", ".join(column.values)
    return {"DATE": "year-month-day", "TIMESTAMPTZ": "an instant", "DOUBLE": "a number", "BOOLEAN": "true or false"}.get(
        column.type, "a text"
    )


def _faults(index: int, complaint: Complaint, source: Source, connection: duckdb.DuckDBPyConnection) -> list[Fault]:
    value = f"r.{quoted(complaint.column)}" if complaint.shows_value and complaint.column in source.takes else "NULL"
    cell = f"r.{quoted(MELTED_NAME)}" if source.melts and complaint.column not in {*source.takes} - MELTED else "''"
    rows = f"SELECT j.record, {value}, {cell} FROM judged AS j JOIN raw AS r USING (record) WHERE complaint = {index} ORDER BY record"
    found = connection.execute(rows).fetchall()
    return [Fault(record, complaint.column, complaint.reason, _sentence(shown, complaint), cell) for record, shown, cell in found]


def _sentence(value: str | None, complaint: Complaint) -> str:
    # a faulty value may be a name or a number that slipped into the wrong column: only dates and numbers are repeated
    if value is None or not safe_to_show(value):
        return complaint.reason
    return f'"{value}" is {complaint.reason}' if complaint.reason.startswith("not ") else f'"{value}": {complaint.reason}'
