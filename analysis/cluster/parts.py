"""Monthly marts in parts: what is made in one go for a month and a group, and what has to be there before.

Two keys in the header of a mart decide, beside `needs`:
    neighbours   of which marts it also reads the months before and after: those have to be made for all three months first
    together     (true) its rows depend on devices or persons of several groups: it is made for all groups at once
"""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.header import SqlFile
from analysis.monthly import is_monthly, months_around

TOGETHER = -1  # in the place of a group: all of them


@dataclass(frozen=True)
class Part:
    """Marts that are made one after the other in one task, in their order, once for each group or for all groups together."""

    level: int
    is_together: bool
    marts: tuple[SqlFile, ...]


@dataclass(frozen=True, order=True)
class Task:
    """One part, month (2025-10) and group (from 0; `TOGETHER`), by which its files are found."""

    part: int
    month: str
    group: int


def parts_of(marts: list[SqlFile]) -> list[Part]:
    """The parts of the monthly ones among these marts, which are in order; each part after those that it waits for."""
    monthly = {mart.name: mart for mart in marts if is_monthly(mart)}
    levels: dict[str, int] = {}
    for name, mart in monthly.items():
        levels[name] = max((levels[each] + _waits(mart, monthly[each]) for each in _needs(mart, monthly)), default=0)
    places = sorted({(levels[name], is_together(mart)) for name, mart in monthly.items()})
    return [Part(*place, tuple(m for n, m in monthly.items() if (levels[n], is_together(m)) == place)) for place in places]


def is_together(mart: SqlFile) -> bool:
    """Whether a mart is made for all groups at once."""
    return bool(mart.header.get("together", False))


def tasks_of(parts: list[Part], dirty: list[str], groups: int) -> dict[Task, list[Task]]:
    """Every task that makes the months that have changed, in order, with those whose files it reads."""
    known = {mart.name: number for number, part in enumerate(parts) for mart in part.marts}
    tasks: dict[Task, list[Task]] = {}
    for number, part in enumerate(parts):
        for month in dirty:
            for group in _groups(part, groups):
                wanted = _wanted(number, part, month, group, known, parts, groups)
                tasks[Task(number, month, group)] = sorted({each for each in wanted if each.month in dirty})
    return tasks


def _waits(mart: SqlFile, needed: SqlFile) -> int:
    return int(needed.name in mart.header.get("neighbours", []) or is_together(mart) != is_together(needed))


def _needs(mart: SqlFile, monthly: dict[str, SqlFile]) -> list[str]:
    return [name for name in mart.header.get("needs", []) if name in monthly]


def _groups(part: Part, groups: int) -> list[int]:
    return [TOGETHER] if part.is_together else list(range(groups))


def _wanted(number: int, part: Part, month: str, group: int, known: dict[str, int], parts: list[Part], groups: int) -> Iterator[Task]:
    for mart in part.marts:
        near = mart.header.get("neighbours", [])
        for name in mart.header.get("needs", []):
            other = known.get(name, number)
            if other == number:  # a mart of rosters, or one that is made in the same go
                continue
            theirs = [group] if not part.is_together and not parts[other].is_together else _groups(parts[other], groups)
            for each in months_around(month) if name in near else (month,):
                yield from (Task(other, each, one) for one in theirs)
