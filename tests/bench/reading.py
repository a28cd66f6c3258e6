"""What reading costs: ten million events as CSV, and fewer as NDJSON, into the lake, beside DuckDB's COPY of the same file to Parquet.

Each run is a process of its own, ours and the other's in turn. On a machine that others use too, wall time says less than CPU time.
"""

import os
from pathlib import Path

import duckdb

from tests.bench.costs import Cost, in_turn, median, ratio

ROWS, JSON_SHARE = 10_000_000, 10
NAMES = {"CSV": "ingest_vs_copy", "NDJSON": "ingest_ndjson_vs_copy"}


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


def section(month: Path, folder: Path, rows: int, rounds: int) -> tuple[str, list[dict]]:
    """Its part of docs/benchmarks.md, and its figures for bench.json."""
    csv, ndjson = write_many(month, folder, rows)
    load = os.getloadavg()[0]
    told, lines = [], []
    for name, events, count in (("CSV", csv, rows), ("NDJSON", ndjson, rows // JSON_SHARE)):
        costs = in_turn(("ingest", "copy"), events, folder, rounds)
        ours, other = median(costs["ingest"]), median(costs["copy"])
        times, cpu_times = (ratio(costs["ingest"], costs["copy"], what) for what in ("seconds", "cpu"))
        lines.append(_line(name, count, events, ours, other, times, cpu_times))
        figures = {"ours": ours.seconds, "other": other.seconds, "ratio": times, "unit": "s"}
        told.append(
            {"name": NAMES[name], **figures}
            | {"ours_cpu": ours.cpu, "other_cpu": other.cpu, "cpu_ratio": cpu_times, "peak_mib": ours.peak, "other_peak_mib": other.peak}
        )
    loads = f"{load:.0f} before, {os.getloadavg()[0]:.0f} after"
    return _SECTION.format(lines="\n".join(lines), rounds=rounds, loads=loads, cores=os.cpu_count()), told


def _line(name: str, rows: int, events: Path, ours: Cost, other: Cost, times: float, cpu_times: float) -> str:
    size = f"{events.stat().st_size / 1e6:,.0f} MB"
    seconds = f"{ours.seconds:.1f} s | {other.seconds:.1f} s | {times:.2f} | {ours.cpu:.1f} s | {other.cpu:.1f} s | {cpu_times:.2f}"
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
