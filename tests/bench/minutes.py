"""Minutes per tablet and day: Cartable's marts beside one query written by hand, pandas and polars, on the Parquet of one lake."""

from pathlib import Path

import polars as pl
from polars.testing import assert_frame_equal

from analysis.ingest import ingest
from tests.bench.costs import in_turn, median, ratio
from tests.bench.town import town_in

OTHERS = ("sql", "pandas", "polars")


def section(events: Path, folder: Path, tablets: int, rounds: int) -> tuple[str, list[dict]]:
    """Its part of docs/benchmarks.md, and its figures for bench.json."""
    config = town_in(folder / "minutes", tablets)
    records = ingest(config, [*config.raw_dir.glob("*.csv"), events])
    costs = in_turn(("cartable", *OTHERS), folder / "minutes", folder / "days", rounds)
    for name in OTHERS:
        assert_frame_equal(_days(folder / "days", "cartable"), _days(folder / "days", name), rel_tol=1e-9)
    ours = median(costs["cartable"])
    figures = []
    for name in OTHERS:
        other, times = median(costs[name]), ratio(costs["cartable"], costs[name])
        figures.append(
            {"name": f"minutes_vs_{name}", "ours": ours.seconds, "other": other.seconds, "ratio": times, "unit": "s"}
            | {"ours_cpu": ours.cpu, "other_cpu": other.cpu, "peak_mib": ours.peak, "other_peak_mib": other.peak}
        )
    memory = {name: median(costs[name]).peak for name in costs}
    figures.append(
        {"name": "peak_memory_mib", "ours": ours.peak, "other": memory["pandas"], "ratio": ours.peak / memory["pandas"], "unit": "MiB"}
    )
    lines = "\n".join(f"| {name} | {c.seconds:.2f} s | {c.cpu:.2f} s | {c.peak:,.0f} MiB |" for name, c in _told(costs))
    rows = sum(record.rows_loaded for record in records if record.table == "device_events")
    return _SECTION.format(lines=lines, rows=rows, tablets=tablets, rounds=rounds), figures


def _told(costs: dict) -> list:
    names = {"cartable": "Cartable", "sql": "a query written by hand", "pandas": "pandas", "polars": "polars"}
    return [(names[work], median(runs)) for work, runs in costs.items()]


def _days(folder: Path, work: str) -> pl.DataFrame:
    days = pl.read_parquet(folder / work / "days.parquet", columns=["device_key", "local_date", "seconds"])
    return days.with_columns(pl.col("local_date").cast(pl.Date)).sort("device_key", "local_date")


_SECTION = """
## Minutes

Seconds of use per tablet and local day, of {rows:,} made-up Android events of {tablets:,} tablets in one month, from the Parquet of one
lake, each in a process of its own, in turn, {rounds} times; medians. All four must give the same seconds.

| | seconds | CPU seconds | peak of memory |
|---|---|---|---|
{lines}

Cartable's time includes opening rosters and calendar, minutes per app, per pupil and within the hours of class, which the marts make on
the way; the others make nothing but seconds per tablet and day (`tests/bench/minutes.sql`, `pandas_minutes.py`, `polars_minutes.py`).
"""
