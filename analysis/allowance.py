"""What a process may take of the machine: memory, as the configuration writes it, and cores."""

import os
import re

_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12, "KI": 2**10, "MI": 2**20, "GI": 2**30, "TI": 2**40}


def bytes_of(size: str) -> int:
    """The bytes of a size such as 2GiB, as `limits.memory` has it."""
    number, unit = re.fullmatch(r"([0-9.]+) ?([KMGT]?I?)B", size.upper()).groups()  # type: ignore[union-attr]  # the model let it pass
    return int(float(number) * _UNITS[unit])


def cores() -> int:
    """The cores that this process may use, which can be fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
