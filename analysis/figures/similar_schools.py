"""This school beside similar ones: its mean on the median and middle half of theirs. Never a rank."""

from matplotlib.axes import Axes

from analysis.figures import style
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School, Value, shown
from analysis.reports.sentences import titles, words

_MEASURE = "minutes_per_pupil_day"


def similar_schools(school: School, level: int = 2) -> blocks.Block:
    """A dot for the school, a bar for the middle half of its similar schools; nothing when either may not be shown."""
    here = school.value(_MEASURE)
    others = {name: value.amount for name, value in shown(school.series(_MEASURE, "similar_schools"))}
    if here is None or not here.is_exact or not {"q1", "median", "q3"} <= others.keys():
        return NOTHING
    title = titles.similar_schools(school.language, here, others["q1"], others["q3"])
    svg = style.drawing(1.15, lambda axes: _paint(axes, school, here, others), left=0.1, right=0.1, bottom=0.42, top=0.02)
    return blocks.figure(title, svg, _alternative(school, here, others), _note(school, here, others), _table(school, here, others), level)


def _paint(axes: Axes, school: School, here: Value, others: dict[str, float]) -> None:
    say, language = school.language.say, school.language
    ends = [here.amount, others["q3"], *(here.interval or ())]
    axes.set_xlim(0, 1.15 * style.nice_top(ends, 10))
    axes.set_ylim(0, 1)
    axes.barh(0.42, others["q3"] - others["q1"], left=others["q1"], height=0.24, color="#b5b5b5")
    axes.plot([others["median"]] * 2, [0.25, 0.59], color="black", linewidth=1.6)
    if here.interval:
        axes.plot(here.interval, [0.42, 0.42], color=style.INDIGO, linewidth=1.4)
    axes.plot([here.amount], [0.42], marker="o", markersize=9, color=style.INDIGO)
    label = say("cette école : {minutes}", minutes=words.minutes(language, here.amount))
    axes.text(here.amount, 0.76, label, ha=_side(axes, here.amount), va="bottom", color=style.INDIGO, fontweight="bold")
    below = say("médiane des écoles comparables : {minutes}", minutes=words.minutes(language, others["median"]))
    axes.text(others["median"], 0.18, below, ha=_side(axes, others["median"]), va="top", color=style.GREY, fontsize=style.SMALL)
    axes.spines["left"].set_visible(False)
    axes.set_yticks([])
    style.minute_ticks(axes, language)
    axes.set_xlabel(say("minutes par élève et par jour de classe"), fontsize=style.SMALL, labelpad=1)


def _side(axes: Axes, x: float) -> str:
    """Where a label near an end of the axis is anchored, to stay on the page."""
    share = x / axes.get_xlim()[1]
    return "left" if share < 0.2 else "right" if share > 0.8 else "center"


def _note(school: School, here: Value, others: dict[str, float]) -> str:
    language = school.language
    say = language.say
    counted = language.count(
        "Comparable : {number} école proche par l'indice de position sociale et la taille.",
        "Comparables : {number} écoles proches par l'indice de position sociale et la taille.",
        round(others.get("count", 5)),
    )
    bar = (
        say("Barre grise : leur moitié centrale ; trait indigo : intervalle à 95 %.")
        if here.interval
        else say("Barre grise : leur moitié centrale.")
    )
    return " ".join([counted, bar, say("Ce n'est pas un classement : un usage plus long n'est pas un meilleur usage.")])


def _alternative(school: School, here: Value, others: dict[str, float]) -> str:
    language = school.language
    return language.say(
        "Un point pour cette école, à {here} par élève et par jour de classe. La moitié centrale des écoles comparables va de {q1} à {q3} "
        "et leur médiane est de {median}.",
        here=words.minutes(language, here.amount),
        **{name: words.minutes(language, others[name]) for name in ("q1", "q3", "median")},
    )


def _table(school: School, here: Value, others: dict[str, float]) -> blocks.Table:
    language, say = school.language, school.language.say
    names = {
        "q1": say("écoles comparables, premier quart"),
        "median": say("écoles comparables, médiane"),
        "q3": say("écoles comparables, troisième quart"),
    }
    rows = [
        [say("cette école"), words.minutes(language, here.amount)],
        *([text, words.minutes(language, others[name])] for name, text in names.items()),
    ]
    return blocks.Table([say("qui"), say("par jour de classe")], rows, say("Les chiffres : minutes par élève, écoles comparables"))
