"""`make bench`: Cartable beside the same work done plainly, in one run on one machine: medians, and their ratios.

What is compared is told on the page that it writes, docs/benchmarks.md.
"""

import argparse
import json
import os
import platform
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from tests.bench import gate, incremental, minutes, plot, reading, reports, workers
from tests.bench.town import write_month

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Size:
    """How much of everything: rounds, tablets, rows to read, pupils of the demonstration, and tablets and months of a year of logs."""

    rounds: int
    tablets: int
    rows: int
    pupils: int
    year_tablets: int
    year_months: int


WHOLE = Size(rounds=5, tablets=2_000, rows=reading.ROWS, pupils=240, year_tablets=1_000, year_months=10)
QUICK = Size(rounds=1, tablets=400, rows=1_000_000, pupils=120, year_tablets=200, year_months=3)


def main() -> None:
    """Runs all, prints them, writes reports/bench/bench.json and docs/benchmarks.md with its picture.

    `--rows 1000000`: a shorter reading. `--quick`: less of everything, once, in about two minutes, and only bench.json. `--only minutes`:
    one section, printed and written nowhere.
    """
    options = argparse.ArgumentParser(prog="python -m tests.bench")
    options.add_argument("--rows", type=int, help="events of the reading that is compared with a COPY")
    options.add_argument("--quick", action="store_true", help="the same figures, less sure, in about two minutes")
    options.add_argument("--only", choices=SECTIONS, help="one section, printed")
    given = options.parse_args()
    size = QUICK if given.quick else WHOLE
    size = Size(**{**vars(size), "rows": given.rows or size.rows})
    wanted = [given.only] if given.only else [name for name in SECTIONS if name != "gate" or not given.quick]
    text, figures = _run(wanted, size)
    if not given.only:
        _write(text, figures, is_whole=not given.quick)


def _run(wanted: list[str], size: Size) -> tuple[str, list[dict]]:
    texts, figures = [], []
    with tempfile.TemporaryDirectory() as scratch:
        events = Path(scratch) / "events.csv"
        write_month(events, size.tablets)
        for name in wanted:
            text, found = SECTIONS[name](events, Path(scratch), size)
            print(text, json.dumps(found), flush=True)  # what was measured is told even if a later section fails
            texts.append(text)
            figures += found
    return _PAGE.format(machine=_machine(), lines="\n".join(map(_line, figures))) + "".join(texts), figures


def _write(text: str, figures: list[dict], *, is_whole: bool) -> None:
    target = ROOT / "reports" / "bench" / "bench.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    if is_whole:
        (ROOT / "docs" / "benchmarks.md").write_text(text, encoding="utf-8")
        plot.draw(figures, ROOT / "docs" / "benchmarks.svg")


def _machine() -> str:
    names = [f"{name} {version(name)}" for name in ("duckdb", "polars", "pandas", "papermill", "nbconvert")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    machine = f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB of memory"
    return f"{machine}; Python {platform.python_version()}, {', '.join(names)}"


def _line(figure: dict) -> str:
    digits = {"s": 2, "MiB": 0}.get(figure["unit"], 1)
    ours, other = (f"{figure[side]:,.{digits}f} {figure['unit']}" for side in ("ours", "other"))
    return f"| `{figure['name']}` | {ours} | {other} | {figure['ratio']:.2f} |"


SECTIONS = {
    "reports": lambda events, folder, size: reports.section(folder, size.pupils, min(size.rounds, 3)),
    "minutes": lambda events, folder, size: minutes.section(events, folder, size.tablets, size.rounds),
    "reading": lambda events, folder, size: reading.section(events, folder, size.rows, size.rounds),
    "day": lambda events, folder, size: incremental.section(folder, size.year_tablets, size.year_months, min(size.rounds, 3)),
    "workers": lambda events, folder, size: workers.section(events, folder, size.tablets, min(size.rounds, 3)),
    "gate": lambda events, folder, size: gate.section(folder),
}

_PAGE = """# Benchmarks

Written by `make bench` ([tests/bench](../tests/bench/__main__.py)): both sides in turn on one machine, medians of each side and of the
ratios of each round. Times say something of that machine only ({machine}); ratios show when a change makes Cartable slower.

![Cartable beside the same work done otherwise](benchmarks.svg)

| | Cartable | the other | ratio |
|---|---|---|---|
{lines}

Ratios are ours by the other's: more is better where reports per minute are counted, less where seconds or memory are.
"""


if __name__ == "__main__":
    main()
