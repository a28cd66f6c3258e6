"""The curve of the period: minutes a day, week after week, when the tablet is used."""

import datetime as dt

from matplotlib.axes import Axes
from matplotlib.dates import date2num

from analysis.figures import style
from analysis.figures.sheet import NOTHING, instead
from analysis.figures.time_axis import month_ticks, shade_holidays, stretches, week_name
from analysis.reports import blocks
from analysis.reports.school import School, Value, shown
from analysis.reports.sentences import titles, withheld, words
from analysis.reports.sentences.change import Change, change

_HALF_HOUR = 30
_MEASURES = ("q1_minutes_active_day", "median_minutes_active_day", "q3_minutes_active_day")
Week = tuple[dt.date, float, float | None, float | None]  # Monday, median, first and third quartile (minutes)


def minutes_over_time(school: School, level: int = 2) -> blocks.Block:
    """Weekly median and middle half of the minutes on active days, holidays shaded; nothing with fewer than two weeks to show."""
    weeks, medians = _weeks(school), [value for _, value in school.series(_MEASURES[1], "week")]
    if len(weeks) < 2:
        return NOTHING
    if withheld.prevail(medians):
        return instead(school, school.language.say("Minutes de semaine en semaine"), medians)
    found = change([week[1] for week in weeks])
    overall = school.value(_MEASURES[1])
    usual = overall.amount if overall is not None and overall.is_exact else (found.before + found.after) / 2
    title = titles.minutes_over_time(school.language, found, usual, weeks[0][0], weeks[-1][0])
    svg = style.drawing(2.05, lambda axes: _paint(axes, school, weeks), left=0.42, right=0.92, bottom=0.22, top=0.08)
    return blocks.figure(title, svg, _alternative(school, weeks), _note(school, found), _table(school), level)


def _weeks(school: School) -> list[Week]:
    first, third = (dict(shown(school.series(measure, "week"))) for measure in (_MEASURES[0], _MEASURES[2]))
    medians = shown(school.series(_MEASURES[1], "week"))
    return [(dt.date.fromisoformat(week), value.amount, _amount(first.get(week)), _amount(third.get(week))) for week, value in medians]


def _amount(value: Value | None) -> float | None:
    return None if value is None else value.amount


def _paint(axes: Axes, school: School, weeks: list[Week]) -> None:
    say, days = school.language.say, [dt.date.fromisoformat(week) for week, _ in school.series(_MEASURES[1], "week")]
    top = style.nice_top([week[3] or week[1] for week in weeks], 33)
    axes.set_ylim(0, top)
    axes.set_xlim(float(date2num(days[0])) - 3, float(date2num(days[-1])) + 5)
    shade_holidays(axes, school)
    for run in stretches(weeks):
        x = [float(date2num(week[0])) + 2 for week in run]
        banded = [(at_x, week[2], week[3]) for at_x, week in zip(x, run, strict=True) if week[2] is not None and week[3] is not None]
        axes.fill_between([b[0] for b in banded], [b[1] for b in banded], [b[2] for b in banded], color=style.LIGHT, linewidth=0)
        axes.plot(x, [week[1] for week in run], color=style.INDIGO, linewidth=2, marker="o", markersize=3)
    axes.axhline(_HALF_HOUR, color="black", linewidth=0.8, dashes=(4, 3))
    axes.text(0.005, _HALF_HOUR + top * 0.012, say("30 minutes"), transform=axes.get_yaxis_transform(), fontsize=style.SMALL, va="bottom")
    axes.set_ylabel(say("minutes par jour d'usage"), fontsize=style.SMALL)
    month_ticks(axes, school.language, days)
    _paint_labels(axes, school, weeks[-1], top)


def _paint_labels(axes: Axes, school: School, last: Week, top: float) -> None:
    """The names of line and band at their right end, at least a line apart."""
    say, line = school.language.say, top * 0.13
    high = max(last[3] or last[1], last[1] + line)
    axes.text(1.01, last[1], say("médiane"), transform=axes.get_yaxis_transform(), color=style.INDIGO, fontweight="bold", va="center")
    if last[3] is not None:
        axes.text(
            1.01, high, say("moitié centrale"), transform=axes.get_yaxis_transform(), color=style.GREY, fontsize=style.SMALL, va="center"
        )


def _note(school: School, found: Change) -> str:
    say = school.language.say
    lines = [
        words.capital(words.basis(school, school.value("minutes_per_pupil_day"), brief=False)),
        say("Minutes des jours de classe où la tablette sert."),
    ]
    if found.verdict != "unknown":
        lines.append(say("Comparaison : moyennes des {weeks} premières et des {weeks} dernières semaines.", weeks=found.weeks))
    if reasons := withheld.reasons_of(value for _, value in school.series(_MEASURES[1], "week")):
        lines.append(say("Semaine sans point : {reason}.", reason=withheld.phrase_of(school, reasons)))
    return " ".join(lines)


def _alternative(school: School, weeks: list[Week]) -> str:
    language = school.language
    low, high = min(weeks, key=lambda week: week[1]), max(weeks, key=lambda week: week[1])
    return language.say(
        "Courbe de la médiane des minutes par jour d'usage, sur {weeks} semaines : {first} la {first_week}, {last} la {last_week}. "
        "Semaine la plus basse : {low} ; la plus haute : {high}.",
        weeks=language.number(len(weeks)),
        first=words.minutes(language, weeks[0][1]),
        first_week=week_name(language, weeks[0][0]),
        last=words.minutes(language, weeks[-1][1]),
        last_week=week_name(language, weeks[-1][0]),
        low=words.minutes(language, low[1]),
        high=words.minutes(language, high[1]),
    )


def _table(school: School) -> blocks.Table:
    """Week by week; a quartile that is withheld in most weeks has no column."""
    language, say = school.language, school.language.say
    headings = (say("premier quart"), say("médiane"), say("troisième quart"))
    series = [(heading, dict(school.series(measure, "week"))) for heading, measure in zip(headings, _MEASURES, strict=True)]
    kept = [(heading, column) for heading, column in series if not withheld.prevail(column.values())]
    columns = [column for _, column in kept]
    rows = [
        [language.date(dt.date.fromisoformat(week), "d MMMM"), *words.row(school, [column.get(week) for column in columns], "minutes")]
        for week in series[1][1]
    ]
    header = [say("semaine du"), *(heading for heading, _ in kept)]
    return blocks.Table(header, rows, say("Les chiffres : minutes par jour d'usage, semaine par semaine"))
