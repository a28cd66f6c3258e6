"""School days, school periods, bells and time zones: dates and instants in, polars frames out, no file but the calendar's own facts.

The facts stand in `analysis/reference/*.csv`; docs/how-to/calendar.md says where they come from and how to add newer ones.
"""

from analysis.calendar.days import bell_windows, school_days
from analysis.calendar.load import load_calendar
from analysis.calendar.model import Calendar, SchoolYear, Span
from analysis.calendar.periods import holiday_spans, periods, school_week
from analysis.calendar.places import default_timezone, public_holidays
from analysis.period_names import PeriodName, parse_period, school_year_of

__all__ = [
    "Calendar",
    "PeriodName",
    "SchoolYear",
    "Span",
    "bell_windows",
    "default_timezone",
    "holiday_spans",
    "load_calendar",
    "parse_period",
    "periods",
    "public_holidays",
    "school_days",
    "school_week",
    "school_year_of",
]
