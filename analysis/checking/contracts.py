"""Whether the data keep their contracts: the lake's Parquet has the columns, types and checks of `tables/*.toml`, pseudonyms look like
pseudonyms, records name files that exist, and the warehouse has its schemas.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from analysis.checking.complaint import Complaint, leak
from analysis.config import Config
from analysis.engine import literal, new_connection, quoted
from analysis.header import read_folder
from analysis.lake import Lake
from analysis.pseudonyms import PSEUDONYM
from analysis.tables import Column, Table, load_tables

WHAT = "contracts"
_AGAIN = "Run `cartable ingest` on its raw file again, then `cartable build`."
_REBUILD = "Run `cartable build`."
_HOUSE = Path(__file__).parents[1]
_AT_ONCE = 500  # Parquet files of one table that one query reads


def contracts(config: Config) -> list[Complaint]:
    """Every contract that is not kept. A pseudonym column that holds something else is a leak; no value is ever repeated."""
    lake = Lake(config)
    with tempfile.TemporaryDirectory(prefix="cartable-check-") as spill, new_connection(config, Path(spill)) as connection:
        found = [*_of_records(lake), *_of_tables(lake, connection)]
    return found + list(_of_warehouse(config.warehouse))


def _of_records(lake: Lake) -> Iterator[Complaint]:
    """A record names Parquet that exists, and no Parquet is without a record."""
    known = {path for record in lake.loaded() for path in lake.parquet(record) if record.rows_loaded}
    missing = sorted(path for path in known if not path.is_file())
    for path in missing:
        yield Complaint(WHAT, _name(path, lake), f"a record speaks of this file and it is not there. {_AGAIN}")
    for path in sorted({*lake.folder.glob("*/**/*.parquet")} - {path for record in lake.loaded() for path in lake.parquet(record)}):
        yield Complaint(WHAT, _name(path, lake), "no record speaks of this file: a run was cut short. `cartable ingest` takes it away.")
    for record in lake.loaded():
        if record.table and record.table not in load_tables():
            yield Complaint(WHAT, record.file, f"it was read into the table {record.table}, which no longer exists. {_AGAIN}")


def _of_tables(lake: Lake, connection: duckdb.DuckDBPyConnection) -> Iterator[Complaint]:
    for table in load_tables().values():
        kept = []
        for record in lake.loaded(table.name):
            paths = [path for path in lake.parquet(record) if path.is_file()]
            faults = [fault for path in paths for fault in _faults_of_columns(path, table, lake, connection)]
            kept += [] if faults else [str(path) for path in paths]
            yield from faults
        for start in range(0, len(kept), _AT_ONCE):
            yield from _faults_of_rows(kept[start : start + _AT_ONCE], table, lake, connection)


def _faults_of_columns(path: Path, table: Table, lake: Lake, connection: duckdb.DuckDBPyConnection) -> Iterator[Complaint]:
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({literal(str(path))}, hive_partitioning = false)").fetchall()
    except duckdb.Error:
        yield Complaint(WHAT, _name(path, lake), f"it is not a Parquet file that can be read. {_AGAIN}")
        return
    there, wanted = {name: kind for name, kind, *_ in described}, {column.name: _type(column) for column in table.columns}
    for name in wanted.keys() - there.keys():
        yield Complaint(WHAT, _name(path, lake), f"the column {name} is missing. {_AGAIN}")
    for _ in there.keys() - wanted.keys():
        yield leak(WHAT, _name(path, lake), f"it holds a column that the table {table.name} does not declare. {_AGAIN}")
    for name in sorted(wanted.keys() & there.keys()):
        if there[name] != wanted[name]:
            yield Complaint(WHAT, _name(path, lake), f"the column {name} is {there[name]}, not {wanted[name]}. {_AGAIN}")


def _type(column: Column) -> str:
    return {"TIMESTAMPTZ": "TIMESTAMP WITH TIME ZONE"}.get(column.type, "VARCHAR" if column.pseudonym else column.type)


def _faults_of_rows(paths: list[str], table: Table, lake: Lake, connection: duckdb.DuckDBPyConnection) -> Iterator[Complaint]:
    """Each check that rows fail, with the file that has most of them: what was loaded passed it once."""
    checks = [check for column in table.columns for check in _checks(column)]
    counts = ", ".join(f"COUNT(*) FILTER (WHERE {bad}) AS {quoted(f'fault {i}')}" for i, (bad, _, _) in enumerate(checks))
    rows = f"read_parquet({paths!r}, filename = true, hive_partitioning = false)"
    for filename, *faulty in connection.execute(f"SELECT filename, {counts} FROM {rows} GROUP BY filename ORDER BY filename").fetchall():
        for number, (_, said, is_leak) in zip(faulty, checks, strict=True):
            if number:
                sentence = f"{number} rows: {said}. {_AGAIN}"
                yield (leak if is_leak else Complaint)(WHAT, _name(Path(filename), lake), sentence)


def _checks(column: Column) -> Iterator[tuple[str, str, bool]]:
    """SQL that holds for a faulty row, what is said of it, and whether it is a leak."""
    name = quoted(column.name)
    if column.pseudonym:
        looks = f"{name} IS NOT NULL AND NOT regexp_full_match({name}, {literal(PSEUDONYM)})"
        yield looks, f"{column.name} does not look like a pseudonym", True
    if column.required:
        yield f"{name} IS NULL", f"{column.name} is empty", False
    if column.values:
        yield f"{name} NOT IN ({', '.join(map(literal, column.values))})", f"{column.name} is not one of its values", False
    if column.check:
        yield f"NOT ({column.check})", f"{column.name}: {column.problem}", False


def _of_warehouse(warehouse: Path) -> Iterator[Complaint]:
    if not warehouse.is_file():
        yield Complaint(WHAT, warehouse.name, f"there is no warehouse yet. {_REBUILD}")
        return
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            tables = connection.execute("SELECT table_schema, table_name FROM information_schema.tables").fetchall()
    except duckdb.Error:
        yield Complaint(WHAT, warehouse.name, f"it cannot be opened as a DuckDB database. Move it away, then: {_REBUILD}")
        return
    for schema, name in sorted(_expected() - set(tables)):
        yield Complaint(WHAT, warehouse.name, f"the table {schema}.{name} is missing. {_REBUILD}")


def _expected() -> set[tuple[str, str]]:
    """The tables that a build leaves: one for each canonical table, each mart, each file of `published`, and the measures."""
    marts = {("marts", name) for name in read_folder(_HOUSE / "marts")}
    published = {("published", name) for name in read_folder(_HOUSE / "disclosure")}
    return {*(("lake", name) for name in load_tables()), *marts, *published, ("measures", "values"), ("marts", "build_state")}


def _name(path: Path, lake: Lake) -> str:
    """The path below the lake, whose parts are names of tables, months and hashes."""
    return path.relative_to(lake.folder).as_posix() if path.is_relative_to(lake.folder) else path.name
