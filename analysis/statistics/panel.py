"""Units seen in every period, with the period of their adoption: what comparisons of cohorts are made of, checked before any fit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.statistics.arguments import Codes, Numbers, codes_of, numbers, same_length
from analysis.statistics.refusal import Refusal

NEVER = 0.0  # the adoption of a unit that never adopts, as R's `did` has it


@dataclass(frozen=True)
class Panel:
    """`outcomes`: units x periods. By unit: `adopted`, the period of adoption or NEVER, and `cluster`, a number.

    What was left out, and why: `dropped_periods`, in which nobody was untreated; `without_before`, cohorts that adopt in the first
    period or before; `incomplete`, how many units lack a period.
    """

    outcomes: Numbers
    periods: Numbers
    adopted: Numbers
    cluster: Codes
    dropped_periods: tuple[float, ...]
    without_before: tuple[float, ...]
    incomplete: int

    @property
    def cohorts(self) -> list[float]:
        """The periods of adoption, in order."""
        return np.unique(self.adopted[self.adopted != NEVER]).tolist()

    def with_adoption(self, adopted: Numbers) -> "Panel":
        """The same outcomes under other adoptions."""
        return Panel(self.outcomes, self.periods, adopted, self.cluster, self.dropped_periods, self.without_before, self.incomplete)


def panel_of(
    outcomes: ArrayLike,
    units: ArrayLike,
    periods: ArrayLike,
    first_treated: ArrayLike,
    clusters: ArrayLike | None = None,
    last_cohort_compares: bool = False,
) -> Panel | Refusal:
    """The panel of rows of one unit and period each: outcome, unit, period (a number), the period of the unit's adoption (0: never).

    `clusters`: what units hang together in (schools); each unit by itself if None. `last_cohort_compares`: where every unit adopts in the
    end, the last cohort stands for those who never do, and the periods from its adoption on are dropped. A Refusal says "one period only",
    "no never-treated unit" (all adopt, or in a period all have), "no treated unit" or "no cohort with a period before". Raises ValueError
    for missing values, lengths, a unit that is twice in a period, or that has two adoptions or two clusters.
    """
    y, when, first = numbers("outcomes", outcomes), numbers("periods", periods), numbers("first_treated", first_treated)
    unit, count = codes_of("units", units)
    cluster = unit if clusters is None else codes_of("clusters", clusters)[0]
    same_length(outcomes=y, units=unit, periods=when, first_treated=first, clusters=cluster)
    times, place = np.unique(when, return_inverse=True)
    if len(times) < 2:
        return Refusal("one period only", len(times), 2)
    _refuse_twice("is twice in a period", np.column_stack([unit, place.ravel()]), len(y))
    for name, column in {"has two adoptions": first, "is in two clusters": cluster}.items():
        _refuse_twice(name, np.unique(np.column_stack([unit, column]), axis=0)[:, :1], None)
    wide, adopted, home = np.full((count, len(times)), np.nan), np.zeros(count), np.zeros(count, dtype=np.intp)
    wide[unit, place.ravel()], adopted[unit], home[unit] = y, first, cluster
    whole = np.isfinite(wide).all(axis=1)
    return _checked(wide[whole], times, adopted[whole], home[whole], int(count - whole.sum()), last_cohort_compares)


def _refuse_twice(what: str, rows: Numbers | Codes, count: int | None) -> None:
    different = len(np.unique(rows, axis=0))
    if different != (len(rows) if count is None else count):
        raise ValueError(f"units: one {what}. Each row is a unit in a period, and a unit keeps its adoption and its cluster.")


def _checked(wide: Numbers, times: Numbers, adopted: Numbers, home: Codes, incomplete: int, last_compares: bool) -> Panel | Refusal:
    """Without periods in which all are treated, and without cohorts that have nothing before."""
    if not (adopted != NEVER).any():
        return Refusal("no treated unit")
    # who adopts after the data end has not been seen treated
    adopted = np.where(adopted > times[-1], NEVER, adopted)
    dropped: tuple[float, ...] = ()
    if (adopted != NEVER).all():
        if not last_compares:
            return Refusal("no never-treated unit")
        last = adopted.max()
        dropped = tuple(times[times >= last].tolist())
        wide, times, adopted = wide[:, times < last], times[times < last], np.where(adopted == last, NEVER, adopted)
    if len(times) < 2:
        return Refusal("one period only", len(times), 2)
    has_before = (adopted == NEVER) | (adopted > times[0])
    without = tuple(np.unique(adopted[~has_before]).tolist())
    if not (adopted[has_before] != NEVER).any():
        return Refusal("no cohort with a period before" if without else "no treated unit")
    _, codes = np.unique(home[has_before], return_inverse=True)
    return Panel(wide[has_before], times, adopted[has_before], codes.ravel(), dropped, without, incomplete)
