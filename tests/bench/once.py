"""One piece of work in a process of its own, so that its memory can be told: prints seconds, CPU seconds and the peak in MiB as JSON.

`python -m tests.bench.once ingest events.csv folder` takes a file into a fresh lake; `... copy events.csv folder` is the engine's COPY.
`... cartable town folder` makes minutes per tablet and day of the lake of a town; `sql`, `pandas` and `polars` make them of its Parquet.
"""

import json
import shutil
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import duckdb

from analysis.config import Config
from analysis.engine import new_connection, prepare
from analysis.header import in_order, read_folder, read_sql
from analysis.ingest import ingest
from analysis.lake import Lake
from analysis.monthly import set_month
from analysis.open_lake import open_lake
from analysis.warehouse import load_days
from tests.bench.timed import cpu_seconds, peak_mib
from tests.bench.town import FIRST, LAST
from tests.hand_made import config_in

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Does it and prints what it cost; what was imported before is part of the peak and of nothing else."""
    work, given, folder = WORKS[sys.argv[1]], Path(sys.argv[2]), Path(sys.argv[3])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if sys.argv[1] in ("pandas", "polars"):
        import_module(f"tests.bench.{sys.argv[1]}_minutes")
    began, before = time.perf_counter(), cpu_seconds()
    rows = work(given, folder)
    seconds, cpu = time.perf_counter() - began, cpu_seconds() - before
    print(json.dumps({"rows": rows, "seconds": seconds, "cpu": cpu, "peak": peak_mib()}))


def _ingest(events: Path, folder: Path) -> int:
    [record] = ingest(config_in(folder), [events])
    assert record.rows_loaded == record.rows_read, record
    return record.rows_loaded


def _copy(events: Path, folder: Path) -> int:
    """With the same settings of the engine."""
    read = "read_csv" if events.suffix == ".csv" else "read_json"
    with new_connection(config_in(folder), folder / "spill") as connection:
        copy = f"COPY (FROM {read}('{events}')) TO '{folder / 'copy.parquet'}' (FORMAT parquet, COMPRESSION zstd)"
        return connection.execute(copy).fetchall()[0][0]


def _cartable(town: Path, folder: Path) -> int:
    """Only the marts that seconds per tablet and day need, in a database in memory."""
    config = config_in(town)
    with duckdb.connect() as connection:
        prepare(connection, config, folder / "spill")
        connection.execute("CREATE SCHEMA marts")
        open_lake(Lake(config), Lake(config).loaded(), connection)
        load_days(config, Lake(config), FIRST, LAST, connection)
        set_month(FIRST, LAST, connection)
        files = read_folder(ROOT / "analysis" / "marts")
        wanted = _needed("day_span", {name: file.header.get("needs", []) for name, file in files.items()})
        for mart in in_order({name: file for name, file in files.items() if name in wanted}):
            connection.execute(f'CREATE TABLE marts."{mart.name}" AS {mart.sql}')
        total = (
            "SELECT holder_key AS device_key, local_date, SUM(seconds) AS seconds FROM marts.day_span WHERE holder = 'device' GROUP BY ALL"
        )
        return _kept(total, folder, connection)


def _needed(name: str, needs: dict[str, list[str]]) -> set[str]:
    return {name}.union(*(_needed(each, needs) for each in needs[name]))


def _sql(town: Path, folder: Path) -> int:
    config = config_in(town)
    with new_connection(config, folder / "spill") as connection:
        connection.execute(f"SET VARIABLE files = {_parquet(config)!r}")
        return _kept(read_sql(Path(__file__).with_name("minutes.sql")).sql, folder, connection)


def _pandas(town: Path, folder: Path) -> int:
    import pandas as pd

    from tests.bench.pandas_minutes import COLUMNS, seconds_by_day

    config = config_in(town)
    events = pd.concat(pd.read_parquet(path, columns=COLUMNS) for path in _parquet(config))
    days = seconds_by_day(events, config.timezone).rename("seconds").reset_index()
    days.to_parquet(_result(folder))
    return len(days)


def _polars(town: Path, folder: Path) -> int:
    from tests.bench.polars_minutes import seconds_by_day

    config = config_in(town)
    days = seconds_by_day(_parquet(config), config.timezone)
    days.write_parquet(_result(folder))
    return days.height


def _parquet(config: Config) -> list[str]:
    """The events of the lake, whose device keys are pseudonyms already."""
    lake = Lake(config)
    return [str(path) for record in lake.loaded("device_events") for path in lake.parquet(record)]


def _kept(query: str, folder: Path, connection: duckdb.DuckDBPyConnection) -> int:
    return connection.execute(f"COPY ({query}) TO '{_result(folder)}' (FORMAT parquet)").fetchall()[0][0]


def _result(folder: Path) -> Path:
    return folder / "days.parquet"


WORKS: dict[str, Callable[[Path, Path], int]] = {
    "ingest": _ingest,
    "copy": _copy,
    "cartable": _cartable,
    "sql": _sql,
    "pandas": _pandas,
    "polars": _polars,
}


if __name__ == "__main__":
    main()
