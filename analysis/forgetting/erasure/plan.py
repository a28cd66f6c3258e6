"""What persons forgotten on request still have in the lake, file by file, and the carrying out: the promise first, the files last.

A run that is killed in between leaves each file whole or cut; the next `cartable ingest` or `cartable build` goes on where it stopped.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import polars as pl

from analysis.config import Config
from analysis.disclosure.ledger import forget_keys
from analysis.engine import new_connection, quoted
from analysis.forgetting.cuts import NOTHING, put
from analysis.header import in_order, read_folder
from analysis.lake import FileRecord, Lake
from analysis.open_lake import open_lake
from analysis.retention import OnRequest, Span, load_retention, save_retention
from analysis.tables import Table, load_tables

ROOM = Path(__file__).parent
_PLACED = "filename = true, file_row_number = true, hive_partitioning = false"
_ENDLESS = "9999-12-31"


@dataclass(frozen=True)
class Plan:
    """Rows that go, by file of the lake, the list as it becomes, every key of those persons, and an open connection (schema `erasing`).

    `is_less` says that something is no longer to be forgotten: a device was given on earlier, an account is somebody else's.
    """

    going: list[tuple[FileRecord, int]]
    after: OnRequest
    keys: frozenset[str]
    is_less: bool
    connection: duckdb.DuckDBPyConnection
    staging: Path

    @property
    def rows(self) -> dict[str, int]:
        """Rows that go, by table."""
        rows = Counter[str]()
        for record, number in self.going:
            rows[record.table] += number
        return dict(sorted(rows.items()))


def erase_again(config: Config, lake: Lake) -> bool:
    """Takes out of the lake what an ingest brought of persons forgotten on request; whether logs have to be read again.

    They have to where the rosters, as they stand now, say that less was theirs than was taken out.
    """
    if not load_retention(config).on_request.accounts:
        return False
    with plan_of(lake, config) as plan:
        carry_out(plan, lake, config)
        return plan.is_less


@contextmanager
def plan_of(lake: Lake, config: Config, *asked: tuple[str, str]) -> Iterator[Plan]:
    """What goes of the persons on the list and of those asked for by (system, pseudonym of the identifier there). Nothing is changed."""
    before = load_retention(config).on_request
    with lake.staging() as staging, new_connection(config, staging) as connection:
        open_lake(lake, lake.loaded(), connection)
        _open_every_file(lake, connection)
        _tell_list(before, list(asked), connection)
        connection.execute("CREATE SCHEMA erasing")
        for file in in_order(read_folder(ROOM)):
            connection.execute(f"CREATE TABLE erasing.{quoted(file.name)} AS {file.sql}")
        after, is_less = _list_after(before, connection)
        keys = frozenset(key for (key,) in connection.execute("SELECT named_key FROM erasing.key").fetchall())
        yield Plan(_going(lake, connection), after, keys, is_less, connection, staging)


def carry_out(plan: Plan, lake: Lake, config: Config) -> None:
    """Keeps the list, then takes the rows out: of the ledger's fingerprints, and of each file of the lake."""
    retention = load_retention(config)
    if plan.after != retention.on_request:
        save_retention(replace(retention, on_request=plan.after), config)
    if plan.keys:
        forget_keys(config, plan.keys)
    for record, rows in plan.going:
        _write_anew(record, rows, plan, lake)
    for record in lake.loaded() if plan.is_less else []:
        if record.rows_forgotten and load_tables()[record.table].month:
            lake.remember(replace(record, version=""))


def _open_every_file(lake: Lake, connection: duckdb.DuckDBPyConnection) -> None:
    """Schema `every`: the rows of all files, replaced rosters too, with the place of each; a row is known by file and number."""
    connection.execute("CREATE SCHEMA every")
    for table in load_tables().values():
        files = [str(path) for r in lake.loaded(table.name) if r.rows_kept for path in lake.parquet(r)]
        rows = f"SELECT * FROM read_parquet({files!r}, {_PLACED})" if files else _no_rows(table)
        connection.execute(f"CREATE VIEW every.{quoted(table.name)} AS {rows}")


def _no_rows(table: Table) -> str:
    columns = ", ".join(f"CAST(NULL AS {'VARCHAR' if c.pseudonym else c.type}) AS {quoted(c.name)}" for c in table.columns)
    return f"SELECT {columns}, '' AS filename, 0 AS file_row_number WHERE FALSE"


def _tell_list(before: OnRequest, asked: list[tuple[str, str]], connection: duckdb.DuckDBPyConnection) -> None:
    marks = pl.DataFrame({"mark": sorted(before.accounts)}, schema={"mark": pl.String})
    days = {"mark": pl.String, "first_day": pl.String, "last_day": pl.String}
    spans = pl.DataFrame([(s.device, s.first, s.last or _ENDLESS) for s in before.spans], schema=days, orient="row")
    wanted = pl.DataFrame(asked, schema={"system": pl.String, "account_key": pl.String}, orient="row")
    connection.register("forgotten_account", marks)
    connection.register("forgotten_span", spans.with_columns(pl.col("first_day", "last_day").str.to_date()))
    connection.register("asked", wanted)


def _list_after(before: OnRequest, connection: duckdb.DuckDBPyConnection) -> tuple[OnRequest, bool]:
    marks = connection.execute("SELECT mark, is_given_up FROM erasing.mark").fetchall()
    days = "first_day::VARCHAR, last_day::VARCHAR, until::VARCHAR"
    found = connection.execute(f"SELECT mark, {days} FROM erasing.span ORDER BY ALL").fetchall()
    spans = tuple(Span(mark, first, "" if last == _ENDLESS else last, until or "") for mark, first, last, until in found)
    ends = {(span.device, span.first): span.until for span in spans}
    is_less = any(ends[span.device, span.first] < span.until for span in before.spans)
    accounts = frozenset(mark for mark, is_given_up in marks if not is_given_up)
    return replace(before, accounts=accounts, spans=spans), is_less or bool(before.accounts - accounts)


def _going(lake: Lake, connection: duckdb.DuckDBPyConnection) -> list[tuple[FileRecord, int]]:
    going = []
    for table in load_tables():
        if table not in read_folder(ROOM):
            continue
        counts = f"SELECT filename, COUNT(*) FROM erasing.{quoted(table)} GROUP BY filename"
        rows = dict(connection.execute(counts).fetchall())
        mine = [(r, sum(rows.get(str(path), 0) for path in lake.parquet(r))) for r in lake.loaded(table) if r.rows_kept] if rows else []
        going += [(record, number) for record, number in mine if number]
    return going


def _write_anew(record: FileRecord, rows: int, plan: Plan, lake: Lake) -> None:
    """The file without the rows that go. The list of rows set aside stays: it holds lines and reasons, and no identifier."""
    after = replace(record, rows_forgotten=record.rows_forgotten + rows, edition=record.edition + 1, **NOTHING)
    files = f"read_parquet({[str(path) for path in lake.parquet(record)]!r}, {_PLACED}) AS f"
    goes = f"erasing.{quoted(record.table)} AS g ON f.filename = g.filename AND f.file_row_number = g.file_row_number"
    put(after, f"SELECT f.* EXCLUDE (filename, file_row_number) FROM {files} ANTI JOIN {goes}", lake, plan.staging, plan.connection)
