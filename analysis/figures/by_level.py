"""By level: a dot with its 95 % interval for each, on one scale."""

from matplotlib.axes import Axes

from analysis.figures import style
from analysis.figures.sheet import NOTHING, hidden_names, instead, value_table
from analysis.reports import blocks
from analysis.reports.school import School, Value, shown
from analysis.reports.sentences import titles, withheld, words

_MEASURE = "minutes_per_pupil_day"


def by_level(school: School, level: int = 2) -> blocks.Block:
    """Minutes per pupil and school day for each level, intervals from class totals; nothing without a level to show, a line for few."""
    series = school.series(_MEASURE, "level")
    levels = shown(series)
    if not levels:
        return NOTHING
    if withheld.prevail(value for _, value in series):
        return instead(school, school.language.say("Minutes selon le niveau"), [value for _, value in series])
    height = 0.5 + 0.21 * len(levels)
    svg = style.drawing(height, lambda axes: _paint(axes, school, levels), left=0.75, right=0.5, bottom=0.4, top=0.02)
    say = school.language.say
    table = value_table(
        school,
        say("Les chiffres : minutes par élève selon le niveau"),
        [level for level, _ in series],
        [value for _, value in series],
        "minutes",
        say("niveau"),
    )
    return blocks.figure(titles.by_level(school.language, levels), svg, _alternative(school, levels), _note(school, series), table, level)


def _paint(axes: Axes, school: School, levels: list[tuple[str, Value]]) -> None:
    ends = [max(value.interval or (value.amount,)) for _, value in levels]
    axes.set_xlim(0, 1.12 * style.nice_top([*ends, *(value.amount for _, value in levels)], 5))
    axes.set_ylim(len(levels) - 0.4, -0.6)
    for i, (_, value) in enumerate(levels):
        low, high = value.interval or (value.amount, value.amount)
        axes.plot([low, high], [i, i], color=style.INDIGO, linewidth=1.6)
        axes.plot([value.amount], [i], marker="o", markersize=7, color=style.INDIGO)
        axes.annotate(
            words.minutes(school.language, value.amount),
            (max(high, value.amount), i),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
        )
    axes.set_yticks(range(len(levels)), [level for level, _ in levels])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    style.minute_ticks(axes, school.language)
    axes.set_xlabel(school.language.say("minutes par élève et par jour de classe"), fontsize=style.SMALL, labelpad=1)


def _note(school: School, series: list[tuple[str, Value]]) -> str:
    first = school.language.say(
        "Trait : intervalle à 95 %, calculé sur les classes. Deux traits qui se touchent : la différence n'est pas sûre."
    )
    joined = withheld.joined(school, [level for level, _ in series])
    return " ".join([first, *joined, *hidden_names(school, series), words.capital(words.basis(school, school.value(_MEASURE)))])


def _alternative(school: School, levels: list[tuple[str, Value]]) -> str:
    language = school.language
    listed = words.enumerated(school.language, [f"{level} {_with_interval(school, value)}" for level, value in levels])
    return language.say("Un point par niveau, en minutes par élève et par jour de classe : {levels}.", levels=listed)


def _with_interval(school: School, value: Value) -> str:
    language, amount = school.language, words.minutes(school.language, value.amount)
    if value.interval is None:
        return amount
    low, high = (words.minutes(language, end) for end in value.interval)
    return language.say("{amount} (de {low} à {high})", amount=amount, low=low, high=high)
