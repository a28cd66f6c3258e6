"""Which rows of which file are older than the day, and the files written anew without them."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from analysis.config import Config
from analysis.engine import literal, literal_date, quoted
from analysis.header import read_folder
from analysis.lake import FileRecord, Lake
from analysis.open_lake import newest_at_each_place
from analysis.parquet import write_rows
from analysis.retention import first_instant
from analysis.tables import Table, load_tables

ROOM = Path(__file__).parent
NOTHING: dict = {"months": (), "first": "", "last": ""}


@dataclass(frozen=True)
class Cut:
    """What one raw file loses: `rows` that go; `keeps` is the condition, in SQL over its rows f, for those that stay."""

    record: FileRecord
    rows: int
    keeps: str
    is_replaced: bool = False  # a roster whose place a newer one has taken


def set_day(day: date, config: Config, connection: duckdb.DuckDBPyConnection) -> None:
    """Tells the engine the day from which rows are kept, and its first instant."""
    connection.execute(f"SET VARIABLE keeps_from = {literal_date(day)}")
    connection.execute(f"SET VARIABLE first_instant = TIMESTAMPTZ {literal(first_instant(day, config).isoformat())}")


def find_cuts(lake: Lake, day: date, connection: duckdb.DuckDBPyConnection) -> list[Cut]:
    """What each file in the lake loses; needs the schema `forgetting`, which says it for rosters."""
    cuts = []
    for table in load_tables().values():
        records = [r for r in lake.loaded(table.name) if r.rows_loaded]
        if table.month:
            older = [r for r in records if r.first[:10] <= day.isoformat()]
            cuts += [_cut(r, _is_recent(table), day, lake, connection) for r in older if r.rows_kept]
        elif table.name in read_folder(ROOM):
            newest = newest_at_each_place(records)
            cuts += [Cut(r, r.rows_kept, "FALSE", is_replaced=True) for r in records if r.rows_kept and r not in newest]
            cuts += [_cut(r, _is_not_over(table), day, lake, connection) for r in newest if r.rows_kept]
    return [cut for cut in cuts if cut.rows]


def drop_old_rows(table: Table, lake: Lake, config: Config, connection: duckdb.DuckDBPyConnection) -> int:
    """Takes from `clean`, the rows of a log that is being read, those that would be forgotten at once; returns how many."""
    if lake.keeps_from is None or not table.month:
        return 0
    set_day(lake.keeps_from, config, connection)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE recent AS SELECT * FROM clean AS f WHERE {_is_recent(table)}")
    older = connection.execute("SELECT (SELECT COUNT(*) FROM clean) - (SELECT COUNT(*) FROM recent)").fetchall()[0][0]
    connection.execute("CREATE OR REPLACE TEMP VIEW clean AS SELECT * FROM recent")
    return older


def write_anew(cut: Cut, day: date, lake: Lake, staging: Path, connection: duckdb.DuckDBPyConnection) -> FileRecord:
    """Writes the rows of a file that stay beside the old ones and swaps them in; returns its record."""
    record, table = cut.record, load_tables()[cut.record.table]
    after = replace(
        record,
        rows_forgotten=record.rows_forgotten + cut.rows,
        edition=record.edition + 1,
        # which of the lines that were set aside are old, nobody can tell
        quarantine="" if table.month or cut.rows == record.rows_kept else record.quarantine,
        version="" if cut.is_replaced else record.version,  # dropped again, it is read again
        **NOTHING,
    )
    kept = f"SELECT f.* FROM {_rows(_files(record, day, lake))} WHERE {cut.keeps}" if after.rows_kept else ""
    return put(after, kept, lake, staging, connection)


def put(after: FileRecord, kept: str, lake: Lake, staging: Path, connection: duckdb.DuckDBPyConnection) -> FileRecord:
    """Writes the rows of a file that `kept`, a SELECT, leaves, and swaps them in as the edition that `after` says; returns its record."""
    folder = staging / after.sha
    if after.rows_kept:
        connection.execute(f"CREATE OR REPLACE TEMP VIEW kept AS {kept}")
        after = replace(after, **write_rows("kept", load_tables()[after.table], after.stem, folder, connection))
    return lake.cut(after, folder)


def _cut(record: FileRecord, keeps: str, day: date, lake: Lake, connection: duckdb.DuckDBPyConnection) -> Cut:
    files = _files(record, day, lake)
    kept = connection.execute(f"SELECT COUNT(*) FROM {_rows(files)} WHERE {keeps}").fetchall()[0][0] if files else 0
    return Cut(record, record.rows_kept - kept, keeps)


def _files(record: FileRecord, day: date, lake: Lake) -> list[Path]:
    """The Parquet of a file without that of months that were over by that day, which need not be read."""
    months = tuple(month for month in record.months if month >= day.isoformat()[:7])
    return [] if record.months and not months else lake.parquet(replace(record, months=months))


def _rows(files: list[Path]) -> str:
    return f"read_parquet({[str(path) for path in files]!r}, hive_partitioning = false) AS f"


def _is_recent(table: Table) -> str:
    is_day = table.column(table.month).type == "DATE"
    return f"f.{quoted(table.month)} >= getvariable({literal('keeps_from' if is_day else 'first_instant')})"


def _is_not_over(table: Table) -> str:
    same = " AND ".join(f"f.{quoted(name)} IS NOT DISTINCT FROM g.{quoted(name)}" for name in table.key)
    return f"NOT EXISTS (FROM forgetting.{quoted(table.name)} AS g WHERE {same})"
