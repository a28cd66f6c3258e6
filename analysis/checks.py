"""Which canonical rows are faulty, and the sentence for each: the checks that `tables/*.toml` declare, applied to a source's rows."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from analysis.engine import literal, quoted
from analysis.reading.batches import count_rows
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
    suspicion: str = ""  # holds wherever `bad` does, and needs the canonical columns alone
    is_of_reading: bool = False


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


def find_faults(source: Source, connection: duckdb.DuckDBPyConnection, absent: frozenset[str] = frozenset()) -> list[Fault]:
    """The faulty rows of the table `canonical`; afterwards the view `accepted` has the others. `absent` are columns that the file lacks.

    A row has one fault: the first that its table's columns complain of.
    """
    complaints = [c for c in complaints_of(source) if not (c.is_of_reading and c.column in absent)]
    _judge(complaints, source, connection)
    query = "SELECT record, complaint, shown, cell FROM judged ORDER BY complaint, record"
    found = [(record, complaints[i], shown, cell) for record, i, shown, cell in connection.execute(query).fetchall()]
    others = " ANTI JOIN judged USING (record)" if found else ""
    connection.execute(f"CREATE OR REPLACE TEMP VIEW accepted AS SELECT * FROM canonical{others}")
    return [Fault(record, c.column, c.reason, _sentence(shown, c), cell or "") for record, c, shown, cell in found]


def _judge(complaints: list[Complaint], source: Source, connection: duckdb.DuckDBPyConnection) -> None:
    """Fills `judged` (record, complaint, shown, cell) with the faulty rows. What was read is fetched only for those that may be faulty."""
    suspicion = " OR ".join(f"({c.suspicion})" for c in complaints)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE suspects AS SELECT record FROM canonical AS c WHERE {suspicion}")
    cases = " ".join(f"WHEN {c.bad} THEN {i}" for i, c in enumerate(complaints))
    shown = " ".join(f"WHEN {i} THEN {_as_read(c.column)}" for i, c in enumerate(complaints) if c.shows_value and c.column in source.takes)
    # under names of their own, so that a check may name the canonical columns plainly
    as_read = ", ".join(f"{quoted(name)} AS {_as_read(name)}" for name in source.takes)
    read = f"SELECT record, {as_read} FROM raw SEMI JOIN suspects USING (record)"
    judged = (
        f"SELECT *, CASE {cases} END AS complaint FROM (FROM canonical SEMI JOIN suspects USING (record)) AS c JOIN ({read}) USING (record)"
    )
    value = f"CASE complaint {shown} END" if shown else "NULL"
    melted = [str(i) for i, c in enumerate(complaints) if source.melts and c.column not in {*source.takes} - MELTED]
    cell = f"CASE WHEN complaint IN ({', '.join(melted)}) THEN {_as_read(MELTED_NAME)} END" if melted else "NULL"
    told = f"record, complaint, CAST({value} AS VARCHAR) AS shown, CAST({cell} AS VARCHAR) AS cell"
    faulty = f"SELECT {told} FROM ({judged}) WHERE complaint IS NOT NULL"
    empty = "SELECT 0 AS record, 0 AS complaint, '' AS shown, '' AS cell WHERE FALSE"
    is_any = count_rows("suspects", connection) > 0
    connection.execute(f"CREATE OR REPLACE TEMP TABLE judged AS {faulty if is_any else empty}")


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
        missing = f"{value} IS NULL"
        unreadable = f"{missing} AND {_as_read(name)} IS NOT NULL"
        found.append(Complaint(name, unreadable, _unreadable(column, expected), shows_value, missing, is_of_reading=True))
    found += [Complaint(name, bad, reason, shows, bad) for bad, reason, shows in _of_value(column, value, shows_value, source)]
    return found


def _of_value(column: Column, value: str, shows_value: bool, source: Source) -> Iterator[tuple[str, str, bool]]:
    if column.required and column.name not in source.elsewhere:
        yield f"{value} IS NULL", dict(source.lacks).get(column.name, "empty"), False
    if column.values:
        allowed = ", ".join(map(literal, column.values))
        yield f"{value} NOT IN ({allowed})", f"not one of {', '.join(column.values)}", shows_value
    if column.check:
        yield f"NOT ({column.check})", column.problem, shows_value


def _unreadable(column: Column, expected: str) -> str:
    fault = _NOT.get(column.type, "not what is expected here")
    return fault if fault == f"not {expected}" else f"{fault}. Expected {expected}"


def _expected(column: Column) -> str:
    if column.values:
        return ", ".join(column.values)
    return {"DATE": "year-month-day", "TIMESTAMPTZ": "an instant", "DOUBLE": "a number", "BOOLEAN": "true or false"}.get(
        column.type, "a text"
    )


def _sentence(value: str | None, complaint: Complaint) -> str:
    # a faulty value may be a name or a number that slipped into the wrong column: only dates and numbers are repeated
    if value is None or not safe_to_show(value):
        return complaint.reason
    return f'"{value}" is {complaint.reason}' if complaint.reason.startswith("not ") else f'"{value}": {complaint.reason}'
