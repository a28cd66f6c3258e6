"""Days, local time and the school year of the demonstration; shares nothing with analysis.calendar, so that each can check the other.

Days are whole days since 1 January 1970; instants are milliseconds since then, in UTC or as a wall clock in Paris shows them.
"""

import zlib
from datetime import UTC, date, datetime

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

DAY = 86_400_000
HOUR = 3_600_000
MINUTE = 60_000
FIRST_DAY, LAST_DAY = date(2025, 9, 1), date(2026, 7, 3)
# first and last day without school, zone C
HOLIDAYS = (
    (date(2025, 10, 18), date(2025, 11, 2)),
    (date(2025, 11, 11), date(2025, 11, 11)),
    (date(2025, 12, 20), date(2026, 1, 4)),
    (date(2026, 2, 21), date(2026, 3, 8)),
    (date(2026, 4, 6), date(2026, 4, 6)),
    (date(2026, 4, 18), date(2026, 5, 3)),
    (date(2026, 5, 8), date(2026, 5, 8)),
    (date(2026, 5, 14), date(2026, 5, 17)),
    (date(2026, 5, 25), date(2026, 5, 25)),
)
_SUMMER_ENDS = int(datetime(2025, 10, 26, 1, tzinfo=UTC).timestamp() * 1000)
_SUMMER_BEGINS = int(datetime(2026, 3, 29, 1, tzinfo=UTC).timestamp() * 1000)


def stream(seed: int, name: str) -> np.random.Generator:
    """Random numbers of one part of the demonstration: changing one part leaves the others as they were."""
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def day_number(day: date) -> int:
    """Days since 1 January 1970."""
    return (day - date(1970, 1, 1)).days


def iso(day: int) -> str:
    """A day number as year-month-day."""
    return str(np.datetime64(int(day), "D"))


def to_local(utc_ms: Ints) -> Ints:
    """What a clock in Paris shows, as milliseconds, at these instants."""
    is_winter = (utc_ms >= _SUMMER_ENDS) & (utc_ms < _SUMMER_BEGINS)
    return utc_ms + np.where(is_winter, HOUR, 2 * HOUR)


def to_utc(local_ms: Ints) -> Ints:
    """The instants at which a clock in Paris shows these times; of two, the first."""
    is_winter = (local_ms >= _SUMMER_ENDS + 2 * HOUR) & (local_ms < _SUMMER_BEGINS + HOUR)
    return local_ms - np.where(is_winter, HOUR, 2 * HOUR)


def weekday(days: Ints) -> Ints:
    """0 for Monday to 6 for Sunday."""
    return (days + 3) % 7


def is_school_day(days: Ints, week_pattern: str) -> NDArray[np.bool_]:
    """Whether schools of zone C with a week of "4" or "4.5" days are open on these days."""
    taught = [0, 1, 3, 4] if week_pattern == "4" else [0, 1, 2, 3, 4]
    is_open = np.isin(weekday(days), taught)
    for first, last in HOLIDAYS:
        is_open &= (days < day_number(first)) | (days > day_number(last))
    return is_open
