"""The week: minutes per pupil on each day that has class. A four-day week has no Wednesday."""

import datetime as dt

from matplotlib.axes import Axes

from analysis.figures import style
from analysis.figures.sheet import NOTHING, instead, value_table
from analysis.reports import blocks
from analysis.reports.language import Language
from analysis.reports.school import School, shown
from analysis.reports.sentences import titles, withheld, words

_MEASURE = "minutes_per_pupil_day"
_A_MONDAY = dt.date(2024, 1, 1)


def week_profile(school: School) -> blocks.Block:
    """One bar for each weekday with class; nothing with fewer than two days to show."""
    series = school.series(_MEASURE, "weekday")
    days = [(weekday_name(school.language, number), value.amount) for number, value in shown(series)]
    if len(days) < 2:
        return NOTHING
    if withheld.prevail(value for _, value in series):
        return instead(school, school.language.say("Minutes selon le jour de la semaine"), [value for _, value in series])
    svg = style.drawing(1.2, lambda axes: _paint(axes, school.language, days), left=0.3, right=0.3, bottom=0.24, top=0.05)
    listed = words.enumerated(school.language, [f"{name} {words.minutes(school.language, amount)}" for name, amount in days])
    say = school.language.say
    names = [weekday_name(school.language, number) for number, _ in series]
    table = value_table(
        school, say("Les chiffres : minutes par élève selon le jour"), names, [value for _, value in series], "minutes", say("jour")
    )
    note = (
        say("Minutes par élève et par jour de classe, jours sans usage compris.")
        + " "
        + words.capital(words.basis(school, school.value(_MEASURE)))
    )
    title = titles.week_profile(school.language, [(weekday_name(school.language, number), value) for number, value in shown(series)])
    return blocks.figure(title, svg, say("Barres des minutes par élève selon le jour : {days}.", days=listed), note, table)


def weekday_name(language: Language, number: str) -> str:
    """`lundi` for "1"."""
    return language.date(_A_MONDAY + dt.timedelta(days=int(number) - 1), "EEEE")


def _paint(axes: Axes, language: Language, days: list[tuple[str, float]]) -> None:
    amounts = [amount for _, amount in days]
    axes.bar(range(len(days)), amounts, width=0.55, color=style.INDIGO)
    axes.set_ylim(0, 1.25 * style.nice_top(amounts, 1))
    for i, amount in enumerate(amounts):
        axes.text(i, amount, words.minutes(language, amount), ha="center", va="bottom")
    axes.set_xticks(range(len(days)), [name for name, _ in days])
    axes.tick_params(axis="x", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_yticks([])
