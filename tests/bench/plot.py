"""The picture of docs/benchmarks.md: how many times as fast as the other, one bar for each comparison."""

from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

LABELS = {
    "reports_vs_stock": "Reports: papermill, nbconvert, browser",
    "reports_vs_papermill": "Reports: papermill alone, no PDF",
    "kernel_overhead_s": "A kernel: started, not forked",
    "minutes_vs_sql": "Minutes: one query by hand",
    "minutes_vs_pandas": "Minutes: pandas",
    "minutes_vs_polars": "Minutes: polars",
    "ingest_vs_copy": "Reading CSV: a bare COPY",
    "ingest_ndjson_vs_copy": "Reading NDJSON: a bare COPY",
    "day_vs_full": "One new day: the whole year",
    "jobs_2_vs_1": "Two jobs: one job",
    "dask_2_vs_1": "Two workers: one worker",
}
_FASTER, _SLOWER = "#1b6ca8", "#b35806"


def draw(figures: list[dict], path: Path) -> None:
    """An SVG that is the same for the same figures."""
    times = {LABELS[f["name"]]: _times_as_fast(f) for f in figures if f["name"] in LABELS}
    figure = Figure(figsize=(8, 0.5 * len(times) + 1), layout="constrained")
    axes = figure.subplots()
    bars = axes.barh(list(times), [value - 1 for value in times.values()], left=1, color=[_colour(value) for value in times.values()])
    axes.bar_label(bars, [f" {value:.1f} " if value < 10 else f" {value:.0f} " for value in times.values()])
    axes.axvline(1, color="black", linewidth=1)
    axes.set_xscale("log")
    axes.set_xlim(min(0.2, *times.values()) * 0.8, max(times.values()) * 1.6)
    axes.set_xticks([0.25, 0.5, 1, 2, 5, 10, 20], ["¼", "½", "1", "2", "5", "10", "20"])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.invert_yaxis()
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.set_xlabel("Cartable is this many times as fast (1: the same)")
    with mpl.rc_context({"svg.hashsalt": "benchmarks", "svg.fonttype": "none"}):
        figure.savefig(path, metadata={"Date": None})


def _times_as_fast(figure: dict) -> float:
    return 1 / figure["ratio"] if figure["unit"] == "s" else figure["ratio"]


def _colour(value: float) -> str:
    return _FASTER if value >= 1 else _SLOWER
