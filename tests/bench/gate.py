"""The disclosure gate: how long it takes for a town of twelve schools and a full school year, and how much it leaves to read.

Beside it on the same random tables: naive suppression, which hides the whole line of every small cell, and the primary rule of
acro 1.0.2, which hides what fewer than 10 stand behind and nothing else. acro itself wants pandas 2: its rule is applied as documented.
"""

import statistics
import time
from datetime import date
from pathlib import Path

import duckdb

from analysis.build import build
from analysis.config import Config
from analysis.demo import write_demo
from analysis.disclosure.publish import publish
from analysis.engine import prepare
from analysis.ingest import ingest
from tests.disclosure.towns import Gated, random_town
from tests.hand_made import config_in

TOWNS, FIRST, LAST, ROUNDS = 100, date(2025, 9, 1), date(2026, 7, 3), 3
ACRO_THRESHOLD = 10


def utility(folder: Path) -> dict[str, float]:
    """The share of the figures that are shown: by the gate, by naive suppression, by acro's primary rule.

    The gate chooses between levels and cycles, and is asked for those that it chose; the others know of levels only.
    """
    gated = Gated([random_town(number, 11, months=1) for number in range(TOWNS)], folder)
    chosen = [figure.shown for figures in gated.figures().values() for figure in figures]
    line = "PARTITION BY measure, uai, period, breakdown"
    every, naive, acro = gated.connection.execute(
        f"SELECT COUNT(*), COUNT_IF(least), COUNT_IF(n >= {ACRO_THRESHOLD}) FROM "
        f"(SELECT n, MIN(n) OVER ({line}) >= 11 AS least FROM measures.\"values\" WHERE breakdown <> 'cycle')"
    ).fetchone()
    return {"gate": sum(chosen) / len(chosen), "naive": naive / every, "acro": acro / every}


def year_in(folder: Path) -> Config:
    """The whole commune with a full school year, read and built."""
    config = config_in(folder, territory="Valmont-sur-Seine")
    write_demo(config.raw_dir, start=FIRST, end=LAST)
    ingest(config, [])
    build(config)
    return config


def gate_seconds(config: Config) -> tuple[float, int]:
    """The median time in which a warehouse that stands publishes again all that reports can see; and how many figures that is."""
    times = []
    with duckdb.connect(str(config.warehouse)) as connection:
        prepare(connection, config, config.data_dir / ".spill")
        for _ in range(ROUNDS):
            connection.execute("DROP SCHEMA published CASCADE")
            for table in ("past", "cell", "mask", "opening"):
                connection.execute(f"DROP TABLE measures.{table}")
            began = time.perf_counter()
            publish(config, connection)
            times.append(time.perf_counter() - began)
        (figures,) = connection.execute("SELECT COUNT(*) FROM measures.cell").fetchone()
    return statistics.median(times), figures


def section(folder: Path) -> str:
    """Its part of docs/benchmarks.md."""
    shares = utility(folder / "random")
    seconds, figures = gate_seconds(year_in(folder / "year"))
    return _SECTION.format(
        seconds=seconds, figures=f"{figures:,}", rounds=ROUNDS, towns=TOWNS, **{k: f"{v:.0%}" for k, v in shares.items()}
    )


_SECTION = """
## The disclosure gate

A town of twelve schools, a full school year, the figures of all reports ({figures}), attacked and published in one build: {seconds:.0f} s,
the median of {rounds}.

| On {towns} random towns of one to four schools | figures shown | what a reader recovers |
|---|---|---|
| the gate, of levels or cycles those that it chose | {gate} | nothing (`tests/disclosure/test_recovered.py`) |
| naive suppression: the whole line of every small cell | {naive} | what the lines of other breakdowns and the territory say of it |
| acro's primary rule: fewer than 10, and nothing else | {acro} | every cell that stands alone in its line |
"""
