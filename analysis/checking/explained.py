"""Which numbers a report of a place and a period may show: its released figures and a closed list of what is derived from them.

A figure counts by its kind: 37 % of one thing explains any 37 % of that place and period. What is derived is what the sentences of
the reports really derive, and nothing more:

- the rest to 100 % of the days with use, of the minutes in class, of the steps of a rhythm of visits; days with 5 minutes and more;
- the means of the first and of the last weeks of a weekly series;
- twice Gini's index times the mean, and the exponential of Theil's (what the indices mean in words);
- the corners of the concentration curve, drawn on published minutes;
- the numbers that name a part: within 5 days, the lowest 20 %;
- how many schools, weeks, classes and trolley tablets there are.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from math import ceil, exp, floor, isfinite
from statistics import mean

from analysis.checking.numbers import ANY, Number
from analysis.reports.sentences.change import change
from analysis.reports.sentences.outcome_links import LEAST_CHANCE
from analysis.statistics.concentration import concentration_curve

Row = dict
Amount = tuple[str, float]
_MOST_DECIMALS = 3  # of chances; all else is written with fewer
_NEAR = 1e-6
_KIND_OF_UNIT = {
    "share": "share",
    "minutes": "minutes",
    "EUR": "money",
    "days": "days",
    "visits": "visits",
    "apps": "apps",
    "tablets": "tablets",
}
_COMPLEMENTED = ("share_pupil_days_used", "share_minutes_in_school", "share_device_days_used")
_RHYTHM = "visit_frequency_share"
_WEEKS = ("week", "week_teacher", "week_relative")
_WEEKLY = ("median_minutes_active_day", "weekly_active_share")
_MINUTES = "minutes_per_pupil_day"
_COUNTED = ("similar_schools", "count")
_NUMBERED = {"within": "days", "lowest": "share"}  # breakdowns whose categories are numbers that the report names


class Explained:
    """The numbers that may stand in a report."""

    def __init__(self, amounts: Iterable[Amount]) -> None:
        self._known: dict[str, set[tuple[int, int]]] = {ANY: set()}
        for kind, amount in amounts:
            written = set(_written(abs(amount)))
            self._known.setdefault(kind, set()).update(written)
            self._known[ANY] |= written

    def holds(self, number: Number) -> bool:
        """Whether a number is a known one of its kind; one without a kind may be of any."""
        return (number.digits, number.decimals) in self._known.get(number.kind, ())


def _written(amount: float) -> Iterator[tuple[int, int]]:
    """How a number may be written, with 0 to 3 digits behind the point; a half goes either way."""
    for decimals in range(_MOST_DECIMALS + 1):
        scaled = amount * 10**decimals
        yield from ((digits, decimals) for digits in range(ceil(scaled - 0.5 - _NEAR), floor(scaled + 0.5 + _NEAR) + 1))


def amounts_of(rows: list[Row]) -> Iterator[Amount]:
    """The figures of released rows and what is derived from them, as (kind, amount); a share as percent."""
    shown = [row for row in rows if row["shown"] and row["value"] is not None]
    for row in shown:
        yield from _of_row(row)
    yield from _complements(shown)
    yield from _of_weeks(shown)
    yield from _of_indices(shown)


def _of_row(row: Row) -> Iterator[Amount]:
    kind = "schools" if (row["breakdown"], row["category"]) == _COUNTED else _KIND_OF_UNIT.get(row["unit"], ANY)
    scale = 100 if kind == "share" else 1
    yield from ((kind, scale * row[name]) for name in ("value", "low", "high") if row[name] is not None and isfinite(row[name]))
    if row["unit"] == "p":
        yield ANY, LEAST_CHANCE  # "< 0,001" is written of a smaller one
    if row["breakdown"] in _NUMBERED:
        yield _NUMBERED[row["breakdown"]], float(row["category"])
    if row["n"] is not None:
        yield "people", row["n"]
    if row["denominator"] is not None and row["measure"] == "share_pupil_days_used":
        yield "days of pupils", row["denominator"]


def _exact(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row["reason"] not in ("at_most", "at_least")]


def _group(row: Row) -> tuple:
    return row["uai"], row["breakdown"], row["evidence"]


def _complements(rows: list[Row]) -> Iterator[Amount]:
    used = {}
    for row in rows:
        if row["measure"] in _COMPLEMENTED:
            yield "share", 100 * (1 - row["value"])
        if row["measure"] == _COMPLEMENTED[0]:
            used[(*_group(row), row["category"])] = row["value"]
    for row in rows:
        whole = used.get((*_group(row), row["category"]))
        if row["measure"] == "share_pupil_days_under_5" and whole is not None:
            yield "share", 100 * (whole - row["value"])
    for steps in _by(_exact(row for row in rows if row["measure"] == _RHYTHM), _group):
        drawn = sorted(row["value"] for row in steps)
        yield "share", 100 * (1 - sum(drawn))
        yield "share", 100 * (1 - sum(drawn[1:]))


def _by(rows: Iterable[Row], key: Callable[[Row], tuple]) -> list[list[Row]]:
    """The rows in groups; of a category that was released more than once, the last row."""
    groups: dict[tuple, dict] = {}
    for row in rows:
        groups.setdefault(key(row), {})[row["uai"], row["category"]] = row
    return [list(group.values()) for group in groups.values()]


def _of_weeks(rows: list[Row]) -> Iterator[Amount]:
    """The means that a sentence on a trend says."""
    known = _exact(row for row in rows if row["measure"] in _WEEKLY and row["breakdown"] in _WEEKS)
    for weeks in _by(known, lambda row: (row["measure"], *_group(row))):
        scale = 100 if weeks[0]["unit"] == "share" else 1
        values = [scale * row["value"] for row in sorted(weeks, key=lambda row: row["category"])]
        found, kind = change(values), _KIND_OF_UNIT[weeks[0]["unit"]]
        yield from ((kind, amount) for amount in (found.before, found.after, mean(values)))


def _of_indices(rows: list[Row]) -> Iterator[Amount]:
    means = {_group(row): row["value"] for row in rows if row["measure"] == _MINUTES and row["breakdown"] == "all"}
    for row in rows:
        if row["measure"] == "gini_minutes":
            yield "share", 200 * row["value"]
            yield "minutes", 2 * row["value"] * means.get(_group(row), 0.0)
        elif row["measure"] == "theil_t_minutes":
            yield "share", 100 * exp(-row["value"])


def corners(rows: list[Row], indices: dict[str, float]) -> Iterator[Amount]:
    """The corners of the concentration curve and its height at half of the pupils, by the social index of each school."""
    means = _exact(row for row in rows if row["measure"] == _MINUTES and row["breakdown"] == "all" and row["shown"] and row["n"])
    for schools in _by((row for row in means if row["uai"] in indices), lambda row: (row["evidence"],)):
        ranks = [indices[row["uai"]] for row in schools]
        if len(set(ranks)) > 1:
            curve = concentration_curve([row["value"] for row in schools], ranks, [row["n"] for row in schools]) or ([], [])
            points = list(zip(*curve, strict=True))
            yield from (("share", 100 * share) for point in points for share in point)
            yield from (
                ("share", 100 * (y0 + (y1 - y0) * (0.5 - x0) / (x1 - x0))) for (x0, y0), (x1, y1) in pairwise(points) if x0 < 0.5 <= x1
            )
