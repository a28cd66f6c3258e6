"""Kinds of apps: the share of the time in apps that goes to each category of the town's catalogue."""

from matplotlib.axes import Axes

from analysis.figures import style
from analysis.figures.fitting import fitted
from analysis.figures.sheet import NOTHING, instead, value_table
from analysis.reports import blocks
from analysis.reports.language import Language
from analysis.reports.school import School, Value, shown
from analysis.reports.sentences import titles, withheld, words

_MEASURE = "share_app_minutes"
_UNSORTED = "autre"
_MOST = 8  # bars; the table has them all
_NAMES = 1.75  # inches for the names beside the bars; the table has them in full


def kinds_of_apps(school: School, level: int = 2) -> blocks.Block:
    """Bars with their values, longest first and unsorted apps last; only where apps are known (`foreground`)."""
    series = [(_name(school.language, kind), value) for kind, value in school.series(_MEASURE, "app_category", "foreground")]
    kinds = sorted(shown(series), key=lambda pair: (pair[0] == _name(school.language, _UNSORTED), -pair[1].amount))[:_MOST]
    if not kinds:
        return NOTHING
    if withheld.prevail(value for _, value in series):
        return instead(school, school.language.say("Sortes d'applications"), [value for _, value in series])
    say, language = school.language.say, school.language
    svg = style.drawing(0.1 + 0.2 * len(kinds), lambda axes: _paint(axes, language, kinds), left=_NAMES, right=0.85, bottom=0.04, top=0.02)
    listed = words.enumerated(language, [f"{kind} {words.amount(language, value, 'share')}" for kind, value in kinds])
    table = value_table(
        school,
        say("Les chiffres : part du temps selon la sorte d'application"),
        *_columns(series),
        "share",
        say("sorte d'application"),
    )
    sorted_kinds = [(kind, value.amount) for kind, value in kinds if kind != _name(language, _UNSORTED)]
    title = titles.kinds_of_apps(language, sorted_kinds or [(kind, value.amount) for kind, value in kinds])
    alternative = say("Barres de la part du temps passé dans chaque sorte d'application : {kinds}.", kinds=listed)
    return blocks.figure(title, svg, alternative, _note(school), table, level)


def _name(language: Language, kind: str) -> str:
    return language.say("non classées") if kind == _UNSORTED else kind


def _columns(series: list[tuple[str, Value]]) -> tuple[list[str], list[Value]]:
    return [kind for kind, _ in series], [value for _, value in series]


def _paint(axes: Axes, language: Language, kinds: list[tuple[str, Value]]) -> None:
    amounts = [value.amount for _, value in kinds]
    # a coded share is drawn at its bound, in grey: its true length is not published
    colours = [style.RULE if value.is_bound else style.INDIGO for _, value in kinds]
    axes.barh(range(len(kinds)), amounts, height=0.62, color=colours)
    axes.set_ylim(len(kinds) - 0.5, -0.5)
    axes.set_xlim(0, max(amounts) or 1)
    for i, (_, value) in enumerate(kinds):
        label = words.amount(language, value, "share")
        axes.annotate(label, (value.amount, i), xytext=(4, 0), textcoords="offset points", va="center")
    axes.set_yticks(range(len(kinds)), [fitted(kind, _NAMES - 0.1, style.TEXT) for kind, _ in kinds])
    axes.tick_params(axis="y", length=0)
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([])


def _note(school: School) -> str:
    say = school.language.say
    lines = [
        say("Part du temps passé avec une application au premier plan, les jours de classe."),
        say("Deux applications ouvertes ensemble comptent chacune."),
        words.capital(words.basis(school, school.value("minutes_per_pupil_day"))),
    ]
    return " ".join(lines)
