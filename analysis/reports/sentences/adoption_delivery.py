"""Were tablets handed over late? A rise of the equipped share that is large enough and lasts; a fall is told in the same way."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.reports.language import Language
from analysis.reports.school import Value
from analysis.reports.sentences.adoption_words import day_of_month
from analysis.reports.sentences.words import amount

LEAST = 0.03  # a smaller change is a few arrivals
LEAST_WHEN_COARSE = 0.10  # below 40 pupils shares are rounded to 5 points: one step is one child
_COARSE_BELOW = 40  # pupils
_LEVEL = 0.01  # within it of the last week, the new level is reached
_WEEKS = 2  # the new level holds for that many weeks at least
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Delivery:
    """The first week's share and the one reached from the week of `since` on."""

    first: dt.date
    before: Value
    since: dt.date
    after: Value

    @property
    def is_rise(self) -> bool:
        """More pupils have a tablet at the end."""
        return self.after.amount > self.before.amount


def delivery(series: Sequence[tuple[str, Value]], pupils: int) -> Delivery | None:
    """The lasting change of the equipped share by week (Mondays, in order); None when there is none that is safe to tell.

    `pupils`: enrolled in the school, which decides how coarsely shares are rounded.
    """
    weeks = [(dt.date.fromisoformat(week), value) for week, value in series if value.shown]
    if len(weeks) <= _WEEKS:
        return None
    (first, before), (_, last) = weeks[0], weeks[-1]
    change = last.amount - before.amount
    least = LEAST if pupils >= _COARSE_BELOW else LEAST_WHEN_COARSE
    if abs(change) < least - _ROUNDING or not _is_sure(before, last, change):
        return None
    reached = _reached(weeks, last.amount)
    return Delivery(first, before, *reached) if reached else None


def late(language: Language, found: Delivery) -> str:
    """`Une partie des élèves a reçu sa tablette en cours de période : 92 % équipés début septembre, 99 % à partir du 13 octobre.`"""
    said = {
        "first": day_of_month(language, found.first),
        "before": amount(language, found.before, "share"),
        "since": language.date(found.since, "d MMMM"),
        "after": amount(language, found.after, "share"),
    }
    if found.is_rise:
        return language.say(
            "Une partie des élèves a reçu sa tablette en cours de période : {before} équipés {first}, {after} à partir du {since}.", **said
        )
    return language.say("Des élèves n'ont plus de tablette : {before} équipés {first}, {after} à partir du {since}.", **said)


def _is_sure(before: Value, after: Value, change: float) -> bool:
    """A bound may only understate the change."""
    wrong = ("at_least", "at_most") if change > 0 else ("at_most", "at_least")
    return before.reason != wrong[0] and after.reason != wrong[1]


def _reached(weeks: list[tuple[dt.date, Value]], level: float) -> tuple[dt.date, Value] | None:
    """The first week of the last run at that level, when the run is long enough."""
    at_level = [abs(value.amount - level) <= _LEVEL + _ROUNDING for _, value in weeks]
    start = len(weeks) - next((i for i, near in enumerate(reversed(at_level)) if not near), len(weeks))
    return weeks[start] if len(weeks) - start >= _WEEKS else None
