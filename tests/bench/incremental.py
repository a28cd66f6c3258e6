"""One new day of logs on a school year that stands, beside reading and building all of it from nothing; and where the time goes."""

import shutil
import statistics
import time
from datetime import date, timedelta
from pathlib import Path

from analysis.build import build
from analysis.config import Config
from analysis.ingest import ingest
from tests.bench.timed import PARTS, peak_mib, timed_build
from tests.bench.town import town_in, write_month

NEW_DAY = date(2026, 6, 16)
STEPS = ("reading", *PARTS)


def section(folder: Path, tablets: int, months: int, rounds: int) -> tuple[str, list[dict]]:
    """Its part of docs/benchmarks.md, and its figures for bench.json: `day_vs_full`."""
    config, rows = _year(folder / "year", tablets, months)
    full = [_full(config, folder / "before") for _ in range(rounds)]
    day = [_day(config, folder / "before") for _ in range(rounds)]
    seconds = {name: statistics.median(sum(run.values()) for run in runs) for name, runs in (("full", full), ("day", day))}
    lines = "\n".join(_line(step, full, day) for step in STEPS)
    whole = f"| all | {seconds['full']:.1f} s | {seconds['day']:.1f} s | {seconds['day'] / seconds['full']:.2f} |"
    figure = {"name": "day_vs_full", "ours": seconds["day"], "other": seconds["full"], "ratio": seconds["day"] / seconds["full"]}
    parts = {step: [statistics.median(run[step] for run in runs) for runs in (day, full)] for step in STEPS}
    told = _SECTION.format(lines=f"{lines}\n{whole}", rows=rows, tablets=tablets, months=months, rounds=rounds, peak=peak_mib())
    return told, [figure | {"unit": "s", "parts": parts, "peak_mib": peak_mib()}]


def _year(folder: Path, tablets: int, months: int) -> tuple[Config, int]:
    """Files of the months before the new day, of the days of its month before it, and of the day itself, which stands apart."""
    config, rows, last = town_in(folder, tablets), 0, NEW_DAY - timedelta(1)
    for _ in range(months):
        first = last.replace(day=1)
        rows += write_month(config.raw_dir / f"events-{first:%Y-%m}.csv", tablets, first, last)
        last = first - timedelta(1)
    rows += write_month(folder / "day.csv", tablets, NEW_DAY, NEW_DAY)
    return config, rows


def _full(config: Config, before: Path) -> dict[str, float]:
    """Seconds of each step from nothing, with the new day; what stands before that day is kept in `before` once."""
    if not before.exists():
        ingest(config, [])
        build(config)
        shutil.copytree(config.data_dir, before)
    for name in ("lake", "ledger"):
        shutil.rmtree(config.data_dir / name, ignore_errors=True)
    for database in (config.warehouse, config.published):
        database.unlink()
    day = config.raw_dir / "day.csv"
    shutil.copy(config.data_dir.parent / "day.csv", day)
    return _timed(config)


def _day(config: Config, before: Path) -> dict[str, float]:
    """Seconds of each step where all but the new day stands."""
    shutil.rmtree(config.data_dir)
    shutil.copytree(before, config.data_dir)
    shutil.copy(config.data_dir.parent / "day.csv", config.raw_dir / "day.csv")
    return _timed(config)


def _timed(config: Config) -> dict[str, float]:
    began = time.perf_counter()
    ingest(config, [])
    return {"reading": time.perf_counter() - began} | timed_build(config)


def _line(step: str, full: list[dict], day: list[dict]) -> str:
    seconds = [statistics.median(run[step] for run in runs) for runs in (full, day)]
    return f"| {step} | {seconds[0]:.1f} s | {seconds[1]:.1f} s | {seconds[1] / seconds[0]:.2f} |"


_SECTION = """
## One new day

{tablets:,} tablets in schools of 200, {months} months of logs ({rows:,} events): read and built from nothing, and one day's file dropped
beside what stands, {rounds} times; medians. The peak of memory of the process that did both is {peak:,.0f} MiB.

| | all from nothing | one new day | ratio |
|---|---|---|---|
{lines}

Only the months that the new file touches are made again. Figures, and the attack on all of them together, are made again whole: a new day
changes what can be learned from figures of the weeks before it.
"""
