"""The lake as DuckDB sees it: schema `lake`, with logs as they are and of rosters the newest rows.

A row of a roster has `arrival` beside its columns, the order in which the files came.
"""

import duckdb
import polars as pl

from analysis.engine import literal, quoted
from analysis.lake import FileRecord, Lake
from analysis.sources import load_sources
from analysis.tables import Table, load_tables


def open_lake(lake: Lake, records: list[FileRecord], connection: duckdb.DuckDBPyConnection) -> None:
    """Makes schema `lake`: one view per log table over its Parquet files, one table per roster with the newest row of each key.

    `lake.contradictions` counts, by table, the keys of which one file says two things (`table_name, number`).
    """
    connection.execute("CREATE SCHEMA lake")
    connection.execute("CREATE TABLE lake.contradictions (table_name VARCHAR, number BIGINT)")
    for table in load_tables().values():
        mine = [r for r in records if r.table == table.name and r.rows_loaded]
        _open_table(table, lake, mine if table.month else newest_at_each_place(mine), connection)
    _list_files(records, connection)
    _list_set_aside(records, connection)
    _list_sources(connection)


def newest_at_each_place(records: list[FileRecord]) -> list[FileRecord]:
    """A corrected roster dropped over the one before takes its place whole: a row that it no longer has counts no more."""
    newest = {record.place: record for record in sorted(records, key=lambda r: r.sequence)}
    return sorted(newest.values(), key=lambda r: r.sequence)


def _open_table(table: Table, lake: Lake, records: list[FileRecord], connection: duckdb.DuckDBPyConnection) -> None:
    name = f"lake.{quoted(table.name)}"
    files = [str(path) for record in records for path in lake.parquet(record)]
    if not files:
        columns = ", ".join(f"{quoted(c.name)} {'VARCHAR' if c.pseudonym else c.type}" for c in table.columns)
        arrival = "" if table.month else ", arrival BIGINT"
        connection.execute(f"CREATE TABLE {name} ({columns}{arrival})")
    elif table.month:
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({files!r}, hive_partitioning = false)")
    else:
        _newest_rows(table, name, files, records, connection)


def _newest_rows(table: Table, name: str, files: list[str], records: list[FileRecord], connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("CREATE OR REPLACE TEMP TABLE arrival (stem VARCHAR, sequence BIGINT)")
    connection.executemany("INSERT INTO arrival VALUES (?, ?)", [(r.stem, r.sequence) for r in records])
    rows = f"SELECT *, parse_filename(filename, true) AS stem FROM read_parquet({files!r}, filename = true, hive_partitioning = false)"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE arrived AS {rows}")
    key, others = ", ".join(map(quoted, table.key)), ", ".join(quoted(c.name) for c in table.columns if c.name not in table.key)
    # two lines of one file that differ: always the same one
    newest = f"ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY {', '.join(filter(None, ['sequence DESC', 'stem', others]))}) = 1"
    joined = f"SELECT r.* EXCLUDE (filename, stem), sequence AS arrival FROM arrived AS r JOIN arrival USING (stem) QUALIFY {newest}"
    connection.execute(f"CREATE TABLE {name} AS {joined}")
    if others:
        twice = f"SELECT stem FROM arrived GROUP BY {key}, stem HAVING COUNT(DISTINCT ROW({others})) > 1"
        counted = f"SELECT {literal(table.name)}, COUNT(*) FROM ({twice}) HAVING COUNT(*) > 0"
        connection.execute(f"INSERT INTO lake.contradictions {counted}")


def _list_files(records: list[FileRecord], connection: duckdb.DuckDBPyConnection) -> None:
    texts, counts = ("file", "sha", "source"), ("rows_read", "rows_loaded", "rows_quarantined", "rows_duplicate")
    columns = dict.fromkeys(texts, pl.String()) | dict.fromkeys(counts, pl.Int64()) | dict.fromkeys(("first", "last"), pl.String())
    files = pl.DataFrame([{f: getattr(r, f) for f in columns} for r in records], schema=columns)
    connection.register("files_frame", files)
    connection.execute("CREATE TABLE lake.files AS SELECT * FROM files_frame")


def _list_set_aside(records: list[FileRecord], connection: duckdb.DuckDBPyConnection) -> None:
    """Why rows of each file were set aside: `sha, source, column, problem, row_count`."""
    rows = [(r.sha, r.source, *reason) for r in records for reason in r.set_aside]
    columns = {"sha": pl.String, "source": pl.String, "column": pl.String, "problem": pl.String, "row_count": pl.Int64}
    connection.register("set_aside_frame", pl.DataFrame(rows, schema=columns, orient="row"))
    connection.execute("CREATE TABLE lake.set_aside AS SELECT * FROM set_aside_frame")


def _list_sources(connection: duckdb.DuckDBPyConnection) -> None:
    fields = ("name", "title", "titre", "fills", "evidence", "person_system")
    listed = pl.DataFrame([{f: getattr(s, f) for f in fields} for s in load_sources().values()]).rename({"name": "source"})
    connection.register("sources_frame", listed)
    connection.execute("CREATE TABLE lake.sources AS SELECT * FROM sources_frame")
