"""`make bench`: Cartable beside the same work done plainly, in one run on one machine; medians of five, and their ratio.

What is compared is told on the page that it writes, docs/benchmarks.md.
"""

import argparse
import csv
import json
import os
import platform
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pandas as pd

from analysis.config import Config
from analysis.engine import prepare
from analysis.header import in_order, read_folder
from analysis.ingest import ingest
from analysis.lake import Lake
from analysis.open_lake import open_lake
from analysis.warehouse import load_days
from tests.bench import reading, reports
from tests.bench.gate import section
from tests.bench.pandas_minutes import seconds_by_day
from tests.hand_made import Town, config_in

ROOT = Path(__file__).parents[2]
QUICK_TABLETS, QUICK_ROWS = 400, 1_000_000
ROUNDS, TABLETS, FIRST, LAST = 5, 2_000, date(2025, 10, 1), date(2025, 10, 31)
EVENTS = ["device_key", "app_id", "activity", "event", "happened_at"]
_PAGE = """# Benchmarks

Written by `make bench` ([tests/bench](../tests/bench/__main__.py)): both sides in turn on one machine, {rounds} times, medians.
The ratios show when a change makes Cartable slower;
the times say something of that machine only ({versions}). Data: {rows} made-up Android events of {tablets} tablets in one month, in one
CSV.

| | Cartable | the other | ratio |
|---|---|---|---|
{lines}

- `minutes_vs_pandas`: seconds of use per tablet and local day from those events in Parquet, against pandas without loops
  (`tests/bench/pandas_minutes.py`). Both must give the same seconds. Cartable's time includes opening rosters and calendar, and minutes
  per pupil and within the hours of class, which the marts make on the way.
"""


@dataclass(frozen=True)
class Result:
    """Median seconds of ours and of the other, and how many times as long ours takes."""

    name: str
    ours: float
    other: float

    @property
    def ratio(self) -> float:
        """Under 1: ours is faster."""
        return self.ours / self.other


def side_by_side(name: str, ours: Callable[[], None], other: Callable[[], None], rounds: int = ROUNDS) -> Result:
    """Both in turn, five times; neither gets the warm cache alone."""
    times = [(_seconds(ours), _seconds(other)) for _ in range(rounds)]
    result = Result(name, *(statistics.median(column) for column in zip(*times, strict=True)))
    print(f"{name}: ours {result.ours:.2f} s, other {result.other:.2f} s, ratio {result.ratio:.2f}", flush=True)
    return result


def _seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def write_events(path: Path, tablets: int = TABLETS) -> int:
    """A month of events of every tablet on weekdays; the same each time. Returns the number of rows."""
    chance, rows = random.Random(2025), 0
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["deviceId", "packageName", "className", "timeStamp", "eventType"])
        for tablet in range(1, tablets + 1):
            for offset in range((LAST - FIRST).days + 1):
                day = FIRST + timedelta(offset)
                if day.weekday() < 5:
                    bouts = [event for hour in (7, 9, 13) for event in _bout(f"d{tablet}", day, hour, chance)]
                    writer.writerows(bouts)
                    rows += len(bouts)
    return rows


def _bout(tablet: str, day: date, hour: int, chance: random.Random) -> list[tuple[str, str, str, int, int]]:
    """Eight screens one after the other, the next opening before the last closes, then the screen goes off."""
    at = int(datetime(day.year, day.month, day.day, hour, chance.randrange(60), tzinfo=UTC).timestamp() * 1000)
    events, before = [], None
    for _ in range(8):
        app, screen = f"org.example.app{chance.randrange(12)}", f"Screen{chance.randrange(3)}"
        events.append((tablet, app, screen, at, 1))
        events += [(tablet, *before, at + 40, 2)] if before else []
        before, at = (app, screen), at + chance.randrange(5_000, 120_000)
    return [*events, (tablet, "", "", at, 16)]


def _with_rosters(folder: Path) -> Config:
    config = config_in(folder)
    Town(pupils=TABLETS).write(config)
    ingest(config, [])
    return config


def bench_minutes(events: Path, folder: Path, rounds: int = ROUNDS) -> Result:
    """Both read the lake's Parquet, whose device keys are pseudonyms already."""
    config = _with_rosters(folder / "minutes")
    ingest(config, [events])
    parquet = [str(path) for record in Lake(config).loaded("device_events") for path in Lake(config).parquet(record)]
    ours: list[pd.Series] = []
    others: list[pd.Series] = []
    result = side_by_side("minutes_vs_pandas", lambda: ours.append(_minutes(config)), lambda: others.append(_by_pandas(parquet)), rounds)
    pd.testing.assert_series_equal(ours[-1].sort_index(), others[-1].sort_index(), check_names=False, check_index_type=False, rtol=1e-9)
    return result


def _by_pandas(parquet: list[str]) -> pd.Series:
    return seconds_by_day(pd.concat(pd.read_parquet(path, columns=EVENTS) for path in parquet), "Europe/Paris")


def _minutes(config: Config) -> pd.Series:
    """Only the marts that seconds per tablet and day need, in a database in memory."""
    with duckdb.connect() as connection:
        prepare(connection, config, config.data_dir / ".spill")
        connection.execute("CREATE SCHEMA marts")
        open_lake(Lake(config), Lake(config).loaded(), connection)
        load_days(config, Lake(config), FIRST, LAST, connection)
        connection.execute(f"SET VARIABLE month_start = DATE '{FIRST}'; SET VARIABLE month_end = DATE '{LAST}'")
        files = read_folder(ROOT / "analysis" / "marts")
        wanted = _needed("day_span", {name: file.header.get("needs", []) for name, file in files.items()})
        for mart in in_order({name: file for name, file in files.items() if name in wanted}):
            connection.execute(f'CREATE TABLE marts."{mart.name}" AS {mart.sql}')
        total = "SELECT holder_key, local_date, SUM(seconds) AS seconds FROM marts.day_span WHERE holder = 'device' GROUP BY ALL"
        days = connection.execute(total).fetchall()
    return pd.Series({(key, day): seconds for key, day, seconds in days})


def _needed(name: str, needs: dict[str, list[str]]) -> set[str]:
    return {name}.union(*(_needed(each, needs) for each in needs[name]))


def page(results: list[Result], rows: int, rounds: int, tablets: int) -> str:
    """docs/benchmarks.md."""
    lines = "\n".join(f"| `{r.name}` | {r.ours:.2f} s | {r.other:.2f} s | {r.ratio:.2f} |" for r in results)
    versions = f"DuckDB {duckdb.__version__}, pandas {pd.__version__}, Python {platform.python_version()}, {os.cpu_count()} cores"
    return _PAGE.format(lines=lines, versions=versions, rows=f"{rows:,}", rounds=rounds, tablets=f"{tablets:,}")


def main() -> None:
    """Runs all, prints them, writes reports/bench/bench.json and docs/benchmarks.md.

    `--rows 1000000`: a shorter reading. `--quick`: less of everything, once or twice, in about two minutes, and only bench.json.
    """
    options = argparse.ArgumentParser(prog="python -m tests.bench")
    options.add_argument("--rows", type=int, default=reading.ROWS, help="events of the reading that is compared with a COPY")
    options.add_argument("--quick", action="store_true", help="the same figures, less sure, in about two minutes")
    given = options.parse_args()
    rounds, tablets, wanted = (1, QUICK_TABLETS, QUICK_ROWS) if given.quick else (ROUNDS, TABLETS, given.rows)
    with tempfile.TemporaryDirectory() as scratch:
        folder, events = Path(scratch), Path(scratch) / "events.csv"
        rows = write_events(events, tablets)
        results = [bench_minutes(events, folder, rounds)]
        made, of_reports = reports.section(folder, rounds)
        read, of_reading = reading.section(events, folder, wanted, rounds if given.quick else reading.ROUNDS)
        gate = "" if given.quick else section(folder)
    text = page(results, rows, rounds, tablets) + made + read + gate
    print(text, flush=True)
    target = ROOT / "reports" / "bench" / "bench.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    told = [{"name": r.name, "ours": r.ours, "other": r.other, "ratio": r.ratio} for r in results]
    target.write_text(json.dumps(told + of_reports + of_reading, indent=1) + "\n", encoding="utf-8")
    if not given.quick:
        (ROOT / "docs" / "benchmarks.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
