"""Small multiples: rows of four panels on the same axes of time and height, each named above and described below."""

import datetime as dt
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from matplotlib.axes import Axes
from matplotlib.dates import date2num

from analysis.figures import style
from analysis.figures.fitting import folded
from analysis.figures.time_axis import stretches
from analysis.reports.language import Language
from analysis.reports.school import Span

COLUMNS = 4
_ROW, _NAME, _FOOT = 1.5, 0.32, 0.36  # inches: a row of panels, in it the name above and the ticks and words below
_LEFT, _GAP = 0.26, 0.3  # inches before the first panel and between two
_WIDTH = (style.WIDTH - _LEFT - (COLUMNS - 1) * _GAP - 0.04) / COLUMNS
_SIZE = 7.5  # points
_HALF_HOUR = 30
Point = tuple[dt.date, float]  # Monday, minutes or share


@dataclass(frozen=True)
class Panel:
    """One panel: a line of `minutes`, or bars of `shares` (0 to 1), or only `said`; `name` above, `foot` below."""

    name: str
    minutes: Sequence[Point] = field(default=())
    shares: Sequence[Point] = field(default=())
    said: str = ""
    foot: str = ""


@dataclass(frozen=True)
class Frame:
    """The axes that all panels share: days, minutes at the top, spans without school."""

    first: dt.date
    last: dt.date
    top: float
    holidays: Sequence[Span]


def chart(language: Language, panels: Sequence[Panel], frame: Frame) -> str:
    """The SVG of the panels, from left to right and from top to bottom."""
    rows = -(-len(panels) // COLUMNS)
    height = rows * _ROW
    return style.drawing(height, lambda axes: _paint(axes, language, panels, frame, height), bottom=0, top=0)


def _paint(axes: Axes, language: Language, panels: Sequence[Panel], frame: Frame, height: float) -> None:
    style.bare(axes)
    for i, panel in enumerate(panels):
        row, column = divmod(i, COLUMNS)
        left, bottom = _LEFT + column * (_WIDTH + _GAP), height - (row + 1) * _ROW + _FOOT
        box = (left / style.WIDTH, bottom / height, _WIDTH / style.WIDTH, (_ROW - _NAME - _FOOT) / height)
        _paint_panel(axes.inset_axes(box), language, panel, frame)


def _paint_panel(axes: Axes, language: Language, panel: Panel, frame: Frame) -> None:
    axes.set_xlim(float(date2num(frame.first)) - 2, float(date2num(frame.last)) + 6)
    _paint_holidays(axes, frame)
    if panel.minutes:
        _paint_minutes(axes, language, panel.minutes, frame)
    elif panel.shares:
        _paint_shares(axes, language, panel.shares)
    else:
        axes.set_yticks([])
        axes.text(
            0.5, 0.5, textwrap.fill(panel.said, 22), transform=axes.transAxes, ha="center", va="center", fontsize=_SIZE, color=style.GREY
        )
    _paint_words(axes, panel)
    ticks = _ticks(language, frame)
    axes.set_xticks([float(date2num(day)) for day, _ in ticks], [label for _, label in ticks])
    axes.tick_params(length=2, pad=1.5, labelsize=_SIZE - 0.5)


def _paint_minutes(axes: Axes, language: Language, minutes: Sequence[Point], frame: Frame) -> None:
    axes.set_ylim(0, frame.top)
    axes.set_yticks([0, 15, _HALF_HOUR], [language.number(value) for value in (0, 15, _HALF_HOUR)])
    axes.axhline(_HALF_HOUR, color=style.RULE, linewidth=0.6, dashes=(4, 3))
    for run in stretches(minutes):
        axes.plot(
            [float(date2num(day)) + 2 for day, _ in run],
            [value for _, value in run],
            color=style.INDIGO,
            linewidth=1.5,
            marker="o",
            markersize=1.8,
        )


def _paint_shares(axes: Axes, language: Language, shares: Sequence[Point]) -> None:
    axes.set_ylim(0, 1.05)
    axes.set_yticks([0, 0.5, 1], [language.percent(share) for share in (0, 0.5, 1)])
    axes.bar([float(date2num(day)) + 2 for day, _ in shares], [share for _, share in shares], width=4.4, color=style.MIDDLE)


def _paint_holidays(axes: Axes, frame: Frame) -> None:
    """Spans without school in pale grey, without their names: a panel has no room for them."""
    start, end = axes.get_xlim()
    for span in frame.holidays:
        first, last = max(float(date2num(span.first)), start), min(float(date2num(span.last or span.first)) + 1, end)
        if last > first:
            axes.axvspan(first, last, color=style.PALE, linewidth=0, zorder=0)


def _paint_words(axes: Axes, panel: Panel) -> None:
    name = folded(panel.name, _WIDTH + _GAP / 2, _SIZE, 2, is_bold=True)
    axes.text(0, 1.04, name, transform=axes.transAxes, ha="left", va="bottom", fontsize=_SIZE, fontweight="bold", linespacing=1.05)
    axes.annotate(
        panel.foot,
        (0, 0),
        xycoords="axes fraction",
        xytext=(0, -13),
        textcoords="offset points",
        ha="left",
        va="top",
        fontsize=_SIZE - 0.5,
        color=style.GREY,
    )


def _ticks(language: Language, frame: Frame) -> list[tuple[dt.date, str]]:
    """The first of each month by its name, by its letter when there are many; the two ends of a short period."""
    numbers = range(frame.first.year * 12 + frame.first.month - 1, frame.last.year * 12 + frame.last.month)
    firsts = [dt.date(number // 12, number % 12 + 1, 1) for number in numbers]
    inside = [day for day in firsts if frame.first <= day <= frame.last]
    if len(inside) < 2:
        return [(day, language.date(day, "d MMM")) for day in (frame.first, frame.last)]
    form = "MMM" if len(inside) <= COLUMNS else "MMMMM"
    return [(day, language.date(day, form)) for day in inside]
