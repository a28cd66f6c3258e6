"""Has a weekly series risen or fallen? A change is called one only when it exceeds its uncertainty."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import mean, variance
from typing import Literal

from scipy.special import stdtrit  # scipy.stats would take over a second of every kernel's start

FEWEST_WEEKS = 3  # at each end; with fewer, nothing is said
LEAST_MINUTES = 1.0  # a smaller difference is no change to anybody
STABLE_WITHIN = 0.2  # of the mean: an interval that stays inside is "stable"
_ROUNDING_VARIANCE = 1 / 12  # of a value rounded to the minute

Verdict = Literal["rise", "fall", "stable", "unknown"]


@dataclass(frozen=True)
class Change:
    """The means of the first and of the last weeks (`weeks` of them at each end), and what may be said of their difference."""

    before: float
    after: float
    weeks: int
    verdict: Verdict


def change(weekly: Sequence[float]) -> Change:
    """Compares the first third of the weeks with the last (minutes, in order of time), by Welch's 95 % interval over weeks.

    With fewer than three weeks at each end the verdict is `unknown`, for then nothing tells a change from a week of tests.
    """
    weeks = max(len(weekly) // 3, min(FEWEST_WEEKS, len(weekly) // 2))
    if weeks < FEWEST_WEEKS:
        level = mean(weekly) if weekly else 0.0
        return Change(level, level, weeks, "unknown")
    first, last = weekly[:weeks], weekly[-weeks:]
    before, after = mean(first), mean(last)
    return Change(before, after, weeks, _verdict(before, after, _margin(first, last)))


def _margin(first: Sequence[float], last: Sequence[float]) -> float:
    """Half the width of Welch's 95 % interval for the difference of two means."""
    squares = [max(variance(part), _ROUNDING_VARIANCE) / len(part) for part in (first, last)]
    freedom = sum(squares) ** 2 / sum(square**2 / (len(part) - 1) for square, part in zip(squares, (first, last), strict=True))
    return float(stdtrit(freedom, 0.975)) * sqrt(sum(squares))


def _verdict(before: float, after: float, margin: float) -> Verdict:
    difference = after - before
    if abs(difference) > margin and abs(difference) >= LEAST_MINUTES:
        return "rise" if difference > 0 else "fall"
    within = max(STABLE_WITHIN * (before + after) / 2, LEAST_MINUTES)
    return "stable" if abs(difference) + margin <= within else "unknown"
