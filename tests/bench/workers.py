"""A build on one Dask worker and on two, each of one thread, on this machine: the months, which the workers make, and the whole."""

import statistics
from pathlib import Path

import duckdb
from distributed import Client

from analysis.build import build
from analysis.config import Config
from analysis.ingest import ingest
from tests.bench.timed import timed_build
from tests.bench.town import town_in
from tests.cluster.standing import standing


def section(events: Path, folder: Path, tablets: int, rounds: int) -> tuple[str, list[dict]]:
    """Its part of docs/benchmarks.md, and its figures for bench.json: `dask_2_vs_1`, how many times as fast two workers are."""
    config = town_in(folder / "workers", tablets)
    ingest(config, [*config.raw_dir.glob("*.csv"), events])
    build(config)
    alone = _spans(config)
    runs: dict[int, list[tuple[float, float]]] = {1: [], 2: []}
    for number in range(rounds):
        for workers, found in runs.items():
            found.append(_built(config, folder / f"cluster-{number}-{workers}", workers))
            assert _spans(config) == alone, "a cluster makes other rows"
    (one, one_whole), (two, two_whole) = (map(statistics.median, zip(*runs[workers], strict=True)) for workers in (1, 2))
    print(f"one worker {one:.1f} s of {one_whole:.1f}, two workers {two:.1f} s of {two_whole:.1f}", flush=True)
    told = {"one": one, "two": two, "one_whole": one_whole, "two_whole": two_whole}
    figure = {"name": "dask_2_vs_1", "ours": 60 / two, "other": 60 / one, "ratio": one / two, "unit": "per minute", "seconds": told}
    times = {"times": one / two, "whole_times": one_whole / two_whole}
    return _SECTION.format(tablets=tablets, rounds=rounds, **told, **times), [figure]


def _built(config: Config, folder: Path, workers: int) -> tuple[float, float]:
    """Seconds that the months took, from the first task to the last row in the warehouse, and of the whole build."""
    folder.mkdir()
    config.warehouse.unlink()
    with standing(folder, workers) as cluster:
        with Client(cluster.address) as client:
            client.wait_for_workers(workers, timeout=60)
        spent = timed_build(config, cluster.address)
    return spent["months"], sum(spent.values())


def _spans(config: Config) -> tuple:
    """Stands for the rows that were made: how many spans of use, and the sum of a number of each."""
    with duckdb.connect(str(config.warehouse), read_only=True) as connection:
        row = connection.execute("SELECT COUNT(*), SUM(CAST(hash(s) AS HUGEINT)) FROM marts.day_span AS s").fetchone()
    assert row is not None
    return row


_SECTION = """
## Two workers

The months of {tablets:,} tablets in schools of 200, made on a Dask cluster of one worker and of two, each of one thread, on the cores of
this machine, {rounds} times in turn; medians. The rows are the same each time.

| | one worker | two workers | times as fast |
|---|---|---|---|
| the months, until their rows are in the warehouse | {one:.1f} s | {two:.1f} s | {times:.2f} |
| the whole build, with measures and the gate, which one process makes | {one_whole:.1f} s | {two_whole:.1f} s | {whole_times:.2f} |

The tests compare every row of every table (`tests/cluster/test_rows.py`). What a department or a country needs stands in
[scale.md](scale.md).
"""
