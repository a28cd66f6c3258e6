"""How much of the inequality lies between classes (between schools, for the territory), beside what chance alone would give."""

from matplotlib.axes import Axes

from analysis.figures import style
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School, Value
from analysis.reports.sentences import equity_spread, words
from analysis.reports.sentences.equity_groups import is_territory

_MEASURE = "theil_between_share"


def inequality_between(school: School, level: int = 3) -> blocks.Block:
    """Two bars, observed and by chance, and what Theil's index means; nothing unless both shares may be shown."""
    unit = "schools" if is_territory(school) else "classes"
    found, chance = (school.value(_MEASURE, "between", category) for category in (unit, f"{unit}_by_chance"))
    if found is None or chance is None or not found.shown or not chance.shown:
        return NOTHING
    say = school.language.say
    names = (
        (say("entre les écoles"), say("par le seul hasard"))
        if is_territory(school)
        else (say("entre les classes"), say("par le seul hasard"))
    )
    bars = list(zip(names, (found, chance), strict=True))
    svg = style.drawing(0.52, lambda axes: _paint(axes, school, bars), left=1.35, right=1.2, bottom=0.02, top=0.02)
    cells = [[name, words.amount(school.language, value, "share")] for name, value in bars]
    alternative = say(
        "Deux barres, part de l'inégalité des minutes : {bars}.", bars=words.enumerated(school.language, [" ".join(cell) for cell in cells])
    )
    table = blocks.Table([say("où"), say("part de l'inégalité")], cells, say("Les chiffres : inégalité entre les groupes et par hasard"))
    said = " ".join(filter(None, [equity_spread.theil(school), equity_spread.between(school, found)]))
    title = equity_spread.between_title(school, found, chance)
    return blocks.figure(title, svg, alternative, _note(school, found), table, level) + blocks.paragraphs([said])


def _paint(axes: Axes, school: School, bars: list[tuple[str, Value]]) -> None:
    axes.barh(range(len(bars)), [value.amount for _, value in bars], height=0.62, color=[style.INDIGO, style.RULE])
    axes.set_ylim(len(bars) - 0.5, -0.5)
    axes.set_xlim(0, max(0.5, *(value.amount for _, value in bars)))
    for i, (_, value) in enumerate(bars):
        label = words.amount(school.language, value, "share")
        axes.annotate(label, (value.amount, i), xytext=(4, 0), textcoords="offset points", va="center")
    axes.set_yticks(range(len(bars)), [name for name, _ in bars])
    axes.tick_params(axis="y", length=0)
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([])


def _note(school: School, value: Value) -> str:
    say = school.language.say
    measured = say(
        "Part de l'indice de Theil (T) des minutes par élève. Le hasard : des élèves répartis au sort, le même nombre par groupe."
    )
    return measured + " " + words.capital(words.basis(school, value))
