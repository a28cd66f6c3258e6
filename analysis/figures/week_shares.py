"""A share by week, as bars: how much of the tablets is seen."""

import datetime as dt

from matplotlib.axes import Axes
from matplotlib.dates import date2num

from analysis.figures import style
from analysis.figures.time_axis import month_ticks, shade_holidays, week_name
from analysis.reports import blocks
from analysis.reports.school import School, Value
from analysis.reports.sentences import withheld, words


def chart(school: School, series: list[tuple[str, Value]], floor: float | None) -> str:
    """The SVG of bars, one for each week shown exactly or at its bound (hatched), a gap for one withheld; `floor` is drawn as a line."""
    weeks = [(dt.date.fromisoformat(week), value) for week, value in series]
    return style.drawing(1.05, lambda axes: _paint(axes, school, weeks, floor), left=0.42, right=0.92, bottom=0.22, top=0.06)


def _paint(axes: Axes, school: School, weeks: list[tuple[dt.date, Value]], floor: float | None) -> None:
    percent = school.language.percent
    axes.set_ylim(0, 1)
    axes.set_xlim(float(date2num(weeks[0][0])) - 2, float(date2num(weeks[-1][0])) + 7)
    shade_holidays(axes, school, label_at=0.25)
    for monday, value in weeks:
        if not value.shown:
            continue
        hatch = "////" if value.is_bound else None
        axes.bar(
            float(date2num(monday)) + 2,
            value.amount,
            width=4.4,
            color=style.MIDDLE,
            hatch=hatch,
            edgecolor=style.MIDDLE,
            hatchcolor="white",
        )
    axes.set_yticks([0, 0.5, 1], [percent(share) for share in (0, 0.5, 1)])
    month_ticks(axes, school.language, [monday for monday, _ in weeks])
    if floor is not None:
        axes.axhline(floor, color="black", linewidth=0.8, dashes=(4, 3))
        label = school.language.say("plancher : {share}", share=percent(floor))
        axes.text(1.01, floor, label, transform=axes.get_yaxis_transform(), va="center", fontsize=style.SMALL)


def gaps(school: School, series: list[tuple[str, Value]]) -> str:
    """Why weeks have no bar, for a note; empty when all have one."""
    reasons = withheld.reasons_of(value for _, value in series)
    return school.language.say("Semaine sans barre : {reason}.", reason=withheld.phrase_of(school, reasons)) if reasons else ""


def table(school: School, series: list[tuple[str, Value]], caption: str, heading: str) -> blocks.Table:
    """Week by week, the share or why it is withheld."""
    language = school.language
    rows = [[language.date(dt.date.fromisoformat(week), "d MMMM"), words.cell(school, value, "share")] for week, value in series]
    return blocks.Table([language.say("semaine du"), heading], rows, caption)


def extremes(school: School, series: list[tuple[str, Value]]) -> str:
    """`de 62 % (semaine du 1er septembre) à 97 % (semaine du 3 novembre)`, for a text alternative."""
    language, known = school.language, [(week, value) for week, value in series if value.shown]
    ends = (min(known, key=lambda pair: pair[1].amount), max(known, key=lambda pair: pair[1].amount))
    (low, low_week), (high, high_week) = (
        (words.amount(language, value, "share"), week_name(language, dt.date.fromisoformat(week))) for week, value in ends
    )
    return language.say("de {low} ({low_week}) à {high} ({high_week})", low=low, low_week=low_week, high=high, high_week=high_week)
