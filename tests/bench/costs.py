"""Runs of `tests.bench.once`, each a process of its own, and their medians."""

import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """Medians of the runs of one work: seconds, CPU seconds, and the greatest peak of memory in MiB."""

    seconds: float
    cpu: float
    peak: float


def in_turn(works: Sequence[str], given: Path, folder: Path, rounds: int) -> dict[str, list[Cost]]:
    """Each work once in each round, so that what else the machine does falls on all; results stay in `folder`/<work>."""
    costs: dict[str, list[Cost]] = {work: [] for work in works}
    for _ in range(rounds):
        for work in works:
            costs[work].append(_once(work, given, folder))
    return costs


def median(costs: Sequence[Cost]) -> Cost:
    """Medians of seconds, the greatest peak."""
    seconds, cpu = (statistics.median(getattr(cost, what) for cost in costs) for what in ("seconds", "cpu"))
    return Cost(seconds, cpu, max(cost.peak for cost in costs))


def ratio(ours: Sequence[Cost], other: Sequence[Cost], what: str = "seconds") -> float:
    """The median of the ratios of each round, ours by the other's."""
    return statistics.median(getattr(a, what) / getattr(b, what) for a, b in zip(ours, other, strict=True))


def _once(work: str, given: Path, folder: Path) -> Cost:
    command = [sys.executable, "-m", "tests.bench.once", work, str(given), str(folder / work)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(work, given.name, json.dumps(told), flush=True)
    return Cost(told["seconds"], told["cpu"], told["peak"])
