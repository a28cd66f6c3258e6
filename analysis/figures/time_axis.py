"""Weeks and holidays on an axis of time."""

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

from matplotlib.axes import Axes
from matplotlib.dates import date2num

from analysis.figures import style
from analysis.reports.language import Language
from analysis.reports.school import School

_WEEK = dt.timedelta(days=7)
_LABELLED = 6  # days: a shorter holiday is shaded without its name
_MONTHS_FROM = 63  # days on the axis from which ticks are months, not weeks
Week = TypeVar("Week", bound=tuple[object, ...])


def week_name(language: Language, monday: dt.date) -> str:
    """`semaine du 3 novembre`."""
    return language.say("semaine du {day}", day=language.date(monday, "d MMMM"))


def stretches(weeks: Sequence[Week]) -> list[list[Week]]:
    """The weeks (Monday first in each) cut where one is missing, so that no line crosses a holiday or a withheld week."""
    runs: list[list[Week]] = []
    for week in weeks:
        if runs and _monday(week) - _monday(runs[-1][-1]) == _WEEK:
            runs[-1].append(week)
        else:
            runs.append([week])
    return runs


def _monday(week: tuple[object, ...]) -> dt.date:
    if not isinstance(week[0], dt.date):
        raise TypeError("a week begins with its Monday")
    return week[0]


def shade_holidays(axes: Axes, school: School, label_at: float = 0.5) -> None:
    """The spans without school in pale grey behind everything, named when there is room, at the height `label_at` (0 to 1).

    The limits of x are set before.
    """
    start, end = axes.get_xlim()
    for span in school.holidays:
        first, last = float(date2num(span.first)), float(date2num(span.last or span.first)) + 1
        first, last = max(first, start), min(last, end)
        if last <= first:
            continue
        axes.axvspan(first, last, color=style.PALE, linewidth=0, zorder=0)
        if last - first >= _LABELLED and (last - first) / (end - start) > 0.09:
            name = school.language.say("vacances")
            axes.text(
                (first + last) / 2,
                label_at,
                name,
                transform=axes.get_xaxis_transform(),
                ha="center",
                va="center",
                color=style.GREY,
                fontsize=style.SMALL,
            )


def month_ticks(axes: Axes, language: Language, days: Sequence[dt.date]) -> None:
    """Ticks at the first of each month, or at each Monday when the axis is short."""
    start, end = axes.get_xlim()
    if end - start >= _MONTHS_FROM:
        ticks = [day for day in _firsts(days[0], days[-1]) if start <= float(date2num(day)) <= end]
        labels = [language.date(day, "MMM") for day in ticks]
    else:
        ticks, labels = list(days), [language.date(day, "d MMM") for day in days]
    axes.set_xticks([float(date2num(day)) for day in ticks], labels)
    axes.tick_params(axis="x", length=3)


def _firsts(first: dt.date, last: dt.date) -> list[dt.date]:
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [dt.date(month // 12, month % 12 + 1, 1) for month in months]
