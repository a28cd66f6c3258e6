"""The names of periods and school years. Reports read them, and have no use for the frames that the calendar is computed with."""

import re
from datetime import date
from typing import Literal, NamedTuple

from analysis.errors import UserError

Kind = Literal["month", "trimester", "stretch", "year"]
FIRST_MONTH = 8  # a school year runs from 1 August to 31 July: the earliest schools of France (Polynesia) start in mid-August


class PeriodName(NamedTuple):
    """A period as written on the command line; `number` is the month (1 to 12), trimester or stretch, and None for a year."""

    kind: Kind
    school_year: str
    number: int | None


def parse_period(text: str) -> PeriodName:
    """What `2025-10`, `2025-T1`, `2025-P2` or `2025-2026` means. Raises UserError with the valid forms."""
    match = re.fullmatch(r"(\d{4})-(?:(0[1-9]|1[0-2])|T([1-3])|P([1-9])|(\d{4}))", text.strip().upper())
    if not match or (match[5] and int(match[5]) != int(match[1]) + 1):
        raise UserError(
            f"{text!r} is not a period. Write a month (2025-10), a trimester of the school year that begins in 2025 (2025-T1 to 2025-T3), "
            "a stretch between two holidays (2025-P1 to 2025-P5) or a school year (2025-2026)."
        )
    year = int(match[1])
    if match[2]:
        return PeriodName("month", school_year_of(date(year, int(match[2]), 1)), int(match[2]))
    number = match[3] or match[4]
    kind: Kind = "trimester" if match[3] else "stretch" if match[4] else "year"
    return PeriodName(kind, f"{year}-{year + 1}", int(number) if number else None)


def school_year_of(day: date) -> str:
    """The school year that a day belongs to, such as `2025-2026`: from 1 August to 31 July."""
    start = day.year if day.month >= FIRST_MONTH else day.year - 1
    return f"{start}-{start + 1}"
