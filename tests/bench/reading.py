"""What reading costs: ten million events as CSV, and fewer as NDJSON, into the lake, beside DuckDB's COPY of the same file to Parquet.

Each run is a process of its own, ours and the other's in turn. On a machine that others use too, wall time says less than CPU time.
"""

import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

ROWS, JSON_SHARE, ROUNDS = 10_000_000, 10, 3


@dataclass(frozen=True)
class Cost:
    """Medians of one side: seconds, CPU seconds, and the greatest peak of memory in MiB."""

    seconds: float
    cpu: float
    peak: float


def write_many(month: Path, folder: Path, rows: int) -> tuple[Path, Path]:
    """`rows` events made of one month of a few tablets: as many more tablets, each with instants of its own; as CSV, fewer as NDJSON."""
    csv, ndjson = folder / "many.csv", folder / "many.ndjson"
    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW month AS FROM read_csv('{month}')")
        times = -(-rows // connection.execute("SELECT COUNT(*) FROM month").fetchall()[0][0])
        more = "deviceId || '-' || copy AS deviceId, packageName, className, timeStamp + 137 * copy AS timeStamp, eventType"
        many = f"SELECT {more} FROM range({times}) AS c (copy), month LIMIT"
        connection.execute(f"COPY ({many} {rows}) TO '{csv}' (FORMAT csv, HEADER)")
        connection.execute(f"COPY ({many} {rows // JSON_SHARE}) TO '{ndjson}' (FORMAT json)")
    return csv, ndjson


def side_by_side(events: Path, folder: Path, rounds: int = ROUNDS) -> tuple[Cost, Cost, float, float]:
    """Ours and the COPY in turn; their medians, and the medians of the ratios of each pair: in seconds and in CPU seconds."""
    pairs = [(_once("ingest", events, folder), _once("copy", events, folder)) for _ in range(rounds)]
    ours, other = (_cost([pair[side] for pair in pairs]) for side in (0, 1))
    ratios = (statistics.median(a[what] / b[what] for a, b in pairs) for what in ("seconds", "cpu"))
    return ours, other, *ratios


def _once(work: str, events: Path, folder: Path) -> dict:
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.once", work, str(events), str(folder / work)], check=True, capture_output=True, text=True
    )
    print(work, events.name, told.stdout.strip(), flush=True)
    return json.loads(told.stdout)


def _cost(runs: list[dict]) -> Cost:
    seconds, cpu = (statistics.median(run[what] for run in runs) for what in ("seconds", "cpu"))
    return Cost(seconds, cpu, max(run["peak"] for run in runs))


def section(month: Path, folder: Path, rows: int = ROWS, rounds: int = ROUNDS) -> tuple[str, list[dict]]:
    """Its part of docs/benchmarks.md, and its figures for bench.json."""
    csv, ndjson = write_many(month, folder, rows)
    load = os.getloadavg()[0]
    told, lines = [], []
    for name, events, count in (("CSV", csv, rows), ("NDJSON", ndjson, rows // JSON_SHARE)):
        ours, other, ratio, cpu_ratio = side_by_side(events, folder, rounds)
        lines.append(_line(name, count, events, ours, other, ratio, cpu_ratio))
        figures = {"ours": ours.seconds, "other": other.seconds, "ratio": ratio}
        told.append(
            {"name": f"ingest_{name.lower()}_vs_copy", **figures}
            | {"ours_cpu": ours.cpu, "other_cpu": other.cpu, "cpu_ratio": cpu_ratio, "peak_mib": ours.peak}
        )
    loads = f"{load:.0f} before, {os.getloadavg()[0]:.0f} after"
    return _SECTION.format(lines="\n".join(lines), rounds=rounds, loads=loads, cores=os.cpu_count()), told


def _line(name: str, rows: int, events: Path, ours: Cost, other: Cost, ratio: float, cpu_ratio: float) -> str:
    size = f"{events.stat().st_size / 1e6:,.0f} MB"
    seconds = f"{ours.seconds:.1f} s | {other.seconds:.1f} s | {ratio:.2f} | {ours.cpu:.1f} s | {other.cpu:.1f} s | {cpu_ratio:.2f}"
    return f"| {name}, {rows:,} rows, {size} | {seconds} | {ours.peak:,.0f} MiB | {other.peak:,.0f} MiB |"


_SECTION = """
## Reading, beside a bare COPY

The same file into an empty lake, and by DuckDB's `COPY` to one Parquet file (zstd, the same settings of the engine, 2 GiB of memory), each
in a process of its own, in turn, {rounds} times; medians, and the medians of the ratios of each pair. {cores} cores; other people's work on
them (load average): {loads}. Where there is much of it, CPU seconds compare better than seconds.

| | Cartable | COPY | ratio | Cartable, CPU | COPY, CPU | ratio | Cartable, peak | COPY, peak |
|---|---|---|---|---|---|---|---|---|
{lines}

Cartable also recognises the format, looks for direct identifiers in all values, checks each value, makes pseudonyms, finds repeated rows,
counts, sorts and files by month; the COPY does none of that. The aim is twice a COPY; what the rest goes to stands in
[decisions.md](decisions.md).
The events are those of 9,000 tablets, twelve apps and three screens in one month.
"""
