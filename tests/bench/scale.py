"""How time and memory grow: the same work on ten and a hundred times the events, each step a process of its own.

`python -m tests.bench.scale folder 2000:1 20000:1 20000:10`: tablets and months of each point. Prints a line of JSON for each step; the
figures in docs/scale.md are from such a run. A month is written, read into the lake and removed before the next: the lake alone stays.
"""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from analysis.config import Config
from analysis.ingest import ingest
from analysis.monthly import month_bounds
from tests.bench.timed import cpu_seconds, peak_mib, timed_build
from tests.bench.town import town_in, write_month, write_more
from tests.hand_made import config_in

WRITTEN = 2_000  # tablets whose events are written one by one; others repeat them at instants of their own
MONTHS = [date(2025, 9, 1), date(2025, 10, 1), date(2025, 11, 1), date(2025, 12, 1), *(date(2026, month, 1) for month in range(1, 8))]


def main() -> None:
    """Runs the points, one after the other."""
    if sys.argv[1] in STEPS:
        print(json.dumps(_measured(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])))
        return
    for point in sys.argv[2:]:
        tablets, months = map(int, point.split(":"))
        folder = Path(sys.argv[1]) / point.replace(":", "-")
        shutil.rmtree(folder, ignore_errors=True)
        town_in(folder, tablets)
        _step("rosters", folder)
        for month in MONTHS[:months]:
            events = folder / f"events-{month:%Y-%m}.csv"
            _write(events, tablets, month)
            _step("read", folder, str(events))
            events.unlink()
        _step("build", folder)


def _write(events: Path, tablets: int, month: date) -> None:
    few = events.with_suffix(".few")
    write_month(few, min(tablets, WRITTEN), *month_bounds(f"{month:%Y-%m}"))
    write_more(few, events, -(-tablets // WRITTEN))
    few.unlink()


def _step(name: str, folder: Path, *given: str) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.scale", name, str(folder), *given], check=True, capture_output=True, text=True
    )
    print(json.dumps({"point": folder.name, "step": name} | json.loads(told.stdout)), flush=True)


def _measured(name: str, folder: Path, given: list[str]) -> dict:
    began, before = time.perf_counter(), cpu_seconds()
    told = STEPS[name](config_in(folder), given)
    return told | {"seconds": time.perf_counter() - began, "cpu": cpu_seconds() - before, "peak_mib": peak_mib()}


def _rosters(config: Config, given: list[str]) -> dict[str, Any]:
    return {"rows": sum(record.rows_loaded for record in ingest(config, []))}


def _read(config: Config, given: list[str]) -> dict[str, Any]:
    [record] = ingest(config, [Path(given[0])])
    assert record.rows_loaded == record.rows_read, record
    return {"rows": record.rows_loaded}


def _build(config: Config, given: list[str]) -> dict[str, Any]:
    """A build from nothing, and its parts. The rows are pupil-days."""
    parts = timed_build(config)
    with duckdb.connect(str(config.warehouse), read_only=True) as connection:
        rows, days = connection.execute("SELECT COUNT(*), SUM(seconds) > 0 FROM marts.pupil_day").fetchall()[0]
    assert days
    return {"rows": rows, "parts": {part: round(seconds, 2) for part, seconds in parts.items()}}


STEPS: dict[str, Callable[[Config, list[str]], dict[str, Any]]] = {"rosters": _rosters, "read": _read, "build": _build}

if __name__ == "__main__":
    main()
