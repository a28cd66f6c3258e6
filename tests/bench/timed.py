"""A build with the seconds of each of its parts, and what a process has cost so far."""

import re
import resource
import time
from collections import Counter
from pathlib import Path

from analysis.build import build
from analysis.config import Config
from analysis.header import read_folder

MARTS = read_folder(Path(__file__).parents[2] / "analysis" / "marts")
MONTHLY = {name for name, mart in MARTS.items() if "month" in mart.header}
PARTS = ("opening", "months", "the rest of the marts", "measures", "gate")


def timed_build(config: Config, scheduler: str = "") -> dict[str, float]:
    """Builds; returns seconds by part. The months are everything between the first month begun and the last row in the warehouse."""
    marks = [("opening", time.perf_counter())]
    build(config, lambda step, done, of: marks.append((_part(step), time.perf_counter())), scheduler=scheduler)
    ends = [at for _, at in marks[1:]] + [time.perf_counter()]
    spent: Counter[str] = Counter(dict.fromkeys(PARTS, 0.0))
    for (part, at), end in zip(marks, ends, strict=True):
        spent[part] += end - at
    return dict(spent)


def _part(step: str) -> str:
    if step in ("outcomes", "measures"):
        return "measures"
    if step == "published":
        return "gate"
    # a step of another name is a task of a cluster
    return "months" if step in MONTHLY or step not in MARTS else "the rest of the marts"


def cpu_seconds() -> float:
    """Of this process and of those that it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def peak_mib() -> float:
    """The greatest memory of this process so far."""
    # what getrusage says counts the memory of whoever started this process
    status = Path("/proc/self/status")
    marks = re.findall(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else []
    return (int(marks[0]) if marks else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024
