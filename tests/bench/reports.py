"""Reports per minute, beside stock practice: a papermill process per school, nbconvert to HTML, a browser to PDF; and papermill alone.

The same notebook, the same figures, the same number at once. Ours is the whole command, start to end, with all that it does on the way:
PDF/UA, page, manifest, ledger, portal. The stock side makes fewer, for each costs the same.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from analysis.build import build
from analysis.config import Config, Schedule
from analysis.demo import write_demo
from analysis.ingest import ingest
from analysis.reports.execution import run_notebook
from analysis.reports.orders import NOTEBOOKS
from analysis.reports.published import opened, reportables
from tests.chromium import CHROMIUM
from tests.hand_made import config_in

ROOT = Path(__file__).parents[2]
JOBS, STOCK_REPORTS = 2, 4
PERIOD = "2025-T1"
PERIODS = (PERIOD, "2025-09", "2025-10", "2025-11", "2025-12")
_NUMBERS = count()


def section(folder: Path, pupils: int, rounds: int) -> tuple[str, list[dict]]:
    """Its part of docs/benchmarks.md, and its figures for bench.json: `ours`, `other` and `ratio`, ours by the other's."""
    config = _town(folder / "reports", pupils)
    schools = _schools(config)[:STOCK_REPORTS]
    figures = [_kernels(rounds)]
    sides = {"ours": lambda: _ours(config, JOBS), "alone": lambda: _ours(config, 1), "papermill": lambda: _papermill(config, schools)}
    if CHROMIUM:
        sides["stock"] = lambda: _stock(config, schools)
    found = {name: [] for name in sides}
    for _ in range(rounds):  # in turn: what else the machine does falls on all of them
        for name, side in sides.items():
            found[name].append(side())
            print(f"{name}: {found[name][-1]:.1f} reports per minute", flush=True)
    medians = {name: statistics.median(values) for name, values in found.items()}
    for name, other in (("reports_vs_stock", "stock"), ("reports_vs_papermill", "papermill"), ("jobs_2_vs_1", "alone")):
        figures += [_figure(name, medians["ours"], medians[other], "reports per minute")] if other in medians else []
    return _SECTION.format(lines="\n".join(map(_line, figures)), rounds=rounds, jobs=JOBS, stock=STOCK_REPORTS), figures


def _town(folder: Path, pupils: int) -> Config:
    config = config_in(folder, territory="Valmont-sur-Seine")
    write_demo(config.raw_dir, pupils=pupils)
    ingest(config, [])
    build(config)
    written = f"territory = 'Valmont-sur-Seine'\ndata_dir = 'data'\n[privacy]\nkey_file = {json.dumps(str(folder / 'key'))}\n"
    (folder / "cartable.toml").write_text(written, encoding="utf-8")
    return config


def _schools(config: Config) -> list[str]:
    with opened(config.published) as database:
        return [each.uai for each in reportables(database) if each.period == PERIOD]


def _kernels(rounds: int) -> dict:
    """Seconds of a notebook of six cells that do nothing but import the figures: forked, the server standing, and started."""
    run_notebook(_idle(), {}, Schedule())
    pairs = [[_idle_seconds(Schedule(warm_kernels=is_warm)) for is_warm in (True, False)] for _ in range(rounds)]
    return _figure("kernel_overhead_s", *(statistics.median(column) for column in zip(*pairs, strict=True)), "s")


def _idle() -> nbformat.NotebookNode:
    sources = ("from analysis import figures\nfrom analysis.reports.school import open_school", *map(str, range(5)))
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(
        cells=[new_code_cell(source) for source in sources], metadata={"kernelspec": spec, "language_info": {"name": "python"}}
    )


def _idle_seconds(bounds: Schedule) -> float:
    began = time.perf_counter()
    run_notebook(_idle(), {}, bounds)
    return time.perf_counter() - began


def _ours(config: Config, jobs: int) -> float:
    """Reports per minute of `cartable report` for all schools and some periods, from nothing."""
    house, target = config.data_dir.parent, f"made-{next(_NUMBERS)}"
    periods = [option for period in PERIODS for option in ("--period", period)]
    places = ["--config", str(house / "cartable.toml"), "--reports-dir", str(house / target)]
    command = ["-c", "from analysis.cli import main; main()", "report", "usage", *periods, "--jobs", str(jobs), "--json", *places]
    began = time.perf_counter()
    told = _python(*command)
    seconds = time.perf_counter() - began
    made = [each for each in json.loads(told) if each["is_new"] and not each["error"]]
    assert len(made) >= len(PERIODS) * STOCK_REPORTS, told
    return 60 * len(made) / seconds


def _papermill(config: Config, schools: list[str]) -> float:
    """Reports per minute of a papermill process for each school: the notebook has run, and nothing is made of it."""
    with tempfile.TemporaryDirectory() as folder:
        return _per_minute(lambda uai: _executed(config, uai, Path(folder)), schools)


def _stock(config: Config, schools: list[str]) -> float:
    """Reports per minute of papermill, nbconvert and a browser, a process each."""

    def made(uai: str, folder: Path) -> None:
        _executed(config, uai, folder)
        _python("-m", "nbconvert", "--to", "html", "--log-level=ERROR", f"{uai}.ipynb", cwd=folder)
        _printed(folder / f"{uai}.html")

    with tempfile.TemporaryDirectory() as folder:
        speed = _per_minute(lambda uai: made(uai, Path(folder)), schools)
        for uai in schools:
            assert (Path(folder) / f"{uai}.pdf").stat().st_size > 10_000
            assert _shown(Path(folder) / f"{uai}.ipynb") == _shown(_latest(config, uai)), f"{uai}: the figures differ"
    return speed


def _per_minute(make: Callable[[str], object], schools: list[str]) -> float:
    began = time.perf_counter()
    with ThreadPoolExecutor(JOBS) as pool:
        list(pool.map(make, schools))
    return 60 * len(schools) / (time.perf_counter() - began)


def _executed(config: Config, uai: str, folder: Path) -> None:
    given = {"uai": uai, "period": PERIOD, "lang": "fr", "published": str(config.published)}
    parameters = [part for name, value in given.items() for part in ("-p", name, value)]
    _python(
        "-m", "papermill", "--no-progress-bar", "-k", "python3", str(NOTEBOOKS / "usage.ipynb"), str(folder / f"{uai}.ipynb"), *parameters
    )


def _printed(page: Path) -> None:
    options = [
        "--headless",
        "--disable-gpu",
        f"--user-data-dir={page.with_suffix('.browser')}",
        f"--print-to-pdf={page.with_suffix('.pdf')}",
    ]
    options += ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses root otherwise
    subprocess.run([str(CHROMIUM), *options, page.as_uri()], check=True, capture_output=True)


def _shown(notebook: Path) -> list[object]:
    """What the cells show, in order."""
    cells = [cell for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "code"]
    return [output.data for cell in cells for output in cell.outputs if output.output_type in ("execute_result", "display_data")]


def _latest(config: Config, uai: str) -> Path:
    made = config.data_dir.parent.glob(f"made-*/{PERIOD}/{uai}/notebooks/usage.ipynb")
    return max(made, key=lambda path: path.stat().st_mtime)


def _python(*command: str, cwd: Path = ROOT) -> str:
    """What it prints. The code is this folder's, for kernels too."""
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, *command], cwd=cwd, env=env, check=True, capture_output=True, text=True).stdout


def _figure(name: str, ours: float, other: float, unit: str) -> dict:
    return {"name": name, "ours": ours, "other": other, "ratio": ours / other, "unit": unit}


def _line(figure: dict) -> str:
    digits = 2 if figure["unit"] == "s" else 1
    unit = "s" if figure["unit"] == "s" else "per minute"
    sides = " | ".join(f"{figure[side]:.{digits}f} {unit}" for side in ("ours", "other"))
    return f"| `{figure['name']}` | {sides} | {figure['ratio']:.2f} |"


_SECTION = """
## Reports

The usage report of every school of a small demonstration, in five periods, as PDF and page, {jobs} at once, {rounds} times in turn;
medians. Ours is the whole command from its start to its end; the others make {stock} reports, {jobs} at once, with the same notebook and
the same figures.

| | Cartable | the other | ratio |
|---|---|---|---|
{lines}

- `reports_vs_stock`: a papermill process for each school, then nbconvert to HTML, then Chromium to PDF.
- `reports_vs_papermill`: a papermill process for each school, and nothing more; ours makes the files as well.
- `kernel_overhead_s`: a notebook of six cells that import the figures and do nothing else, in a forked kernel and in one that is started.
- `jobs_2_vs_1`: ours, two at once and one at a time.
"""
