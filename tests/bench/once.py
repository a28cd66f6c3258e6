"""One piece of work in a process of its own, so that its memory can be told: prints seconds, CPU seconds and the peak in MiB as JSON.

`python -m tests.bench.once ingest events.csv folder` takes a file into a fresh lake; `... copy events.csv folder` is the engine's COPY.
"""

import json
import re
import resource
import shutil
import sys
import time
from pathlib import Path

from analysis.engine import new_connection
from analysis.ingest import ingest
from tests.hand_made import config_in


def main() -> None:
    """Does it and prints what it cost; what was imported before is part of the peak and of nothing else."""
    work, events, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    began, before = time.perf_counter(), _cpu()
    rows = _ingest(events, folder) if work == "ingest" else _copy(events, folder)
    seconds, cpu = time.perf_counter() - began, _cpu() - before
    print(json.dumps({"rows": rows, "seconds": seconds, "cpu": cpu, "peak": _peak()}))


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _peak() -> float:
    # what getrusage says counts the memory of whoever started this process
    status = Path("/proc/self/status")
    marks = re.findall(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else []
    return (int(marks[0]) if marks else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024


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


if __name__ == "__main__":
    main()
