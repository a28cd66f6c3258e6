"""Which days each period, week and weekday holds: of school, without school, or all."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

import duckdb
import numpy as np

from analysis.disclosure.knowledge import Bools
from analysis.disclosure.queries import query

Time = tuple[str, str, str]


class Horizon:
    """The days of an open build, in their order; a day is one of school when any school is open on it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._of_period: dict[str, dict[date, bool]] = defaultdict(dict)
        for period, day, is_school_day in connection.execute(query("days")).fetchall():
            self._of_period[period][day] = is_school_day
        self._place = {day: i for i, day in enumerate(sorted({day for days in self._of_period.values() for day in days}))}

    def days(self, time: Time, adds: Sequence[str]) -> Bools:
        """Which days a (period, "week" or "weekday" or "", its name) holds, of those over which a measure `adds` up."""
        period, kind, name = time
        held = np.zeros(len(self._place), dtype=bool)
        for day, is_school_day in self._of_period[period].items():
            if _counts(is_school_day, adds) and _is_in(day, kind, name):
                held[self._place[day]] = True
        return held


def _counts(is_school_day: bool, adds: Sequence[str]) -> bool:
    return "all days" in adds or is_school_day == ("days off" not in adds)


def _is_in(day: date, kind: str, name: str) -> bool:
    if kind == "week":
        return str(day - timedelta(day.weekday())) == name
    return kind == "" or str(day.isoweekday()) == name
