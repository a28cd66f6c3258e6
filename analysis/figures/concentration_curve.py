"""The concentration curve: which share of all minutes the schools of the lowest social index make, beside their share of the pupils."""

from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from analysis.figures import style
from analysis.figures.schools_by_social_index import index_of
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.language import Language
from analysis.reports.sentences import territory_social, territory_titles, words
from analysis.reports.territory import Territory
from analysis.statistics.concentration import concentration_curve as corners

_MEASURE = "minutes_per_pupil_day"
Curve = tuple[list[float], list[float]]


def concentration_curve(territory: Territory) -> blocks.Block:
    """The curve against the diagonal, from the published minutes of the schools; nothing without an index of the territory."""
    index, curve = territory.whole.value("concentration_index_minutes"), _curve(territory)
    if index is None or not index.is_exact or curve is None:
        return NOTHING
    language = territory.language
    svg = style.drawing(2.3, lambda axes: _paint(axes, language, curve), left=2.0, right=2.0, bottom=0.4, top=0.06)
    note = language.say(
        "Écoles rangées par IPS, pondérées par leurs élèves équipés. Diagonale : chaque école ferait sa part. "
        "Courbe tracée sur les minutes publiées."
    )
    title = territory_titles.concentration(language, index)
    drawn = blocks.figure(title, svg, _alternative(language, curve), note, _table(language, curve))
    return drawn + blocks.paragraphs([territory_social.concentration(territory.whole, index)])


def _curve(territory: Territory) -> Curve | None:
    """Cumulative shares of pupils and of minutes, by the schools' index; None with too few schools."""
    evidence = territory.whole.evidence
    known = [
        (value.amount, index, value.n)
        for school in territory.schools
        if (index := index_of(school)) is not None
        and (value := school.value(_MEASURE, evidence=evidence)) is not None
        and value.is_exact
        and value.n
    ]
    if len(known) < territory_social.FEWEST:
        return None
    return corners(*zip(*known, strict=True))


def _paint(axes: Axes, language: Language, curve: Curve) -> None:
    axes.plot([0, 1], [0, 1], color=style.RULE, linewidth=1, dashes=(4, 3))
    axes.plot(*curve, color=style.INDIGO, linewidth=1.8, marker="o", markersize=3)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda share, _: language.percent(share)))
    axes.set_xlabel(language.say("part des élèves, des écoles d'IPS bas à haut"), fontsize=style.SMALL, labelpad=1)
    axes.set_ylabel(language.say("part des minutes"), fontsize=style.SMALL)


def _at_half(curve: Curve) -> float:
    """The share of the minutes of the half of the pupils whose schools have the lowest index, along the curve."""
    pairs = list(zip(*curve, strict=True))
    (x0, y0), (x1, y1) = next((low, high) for low, high in pairwise(pairs) if high[0] >= 0.5)
    return y0 + (y1 - y0) * (0.5 - x0) / (x1 - x0)


def _alternative(language: Language, curve: Curve) -> str:
    return language.say(
        "Courbe des minutes cumulées selon l'IPS des écoles : la moitié des élèves, aux écoles d'IPS le plus bas, "
        "fait {share} des minutes.",
        share=language.percent(_at_half(curve)),
    )


def _table(language: Language, curve: Curve) -> blocks.Table:
    say = language.say
    rows = [[language.percent(people), language.percent(minutes)] for people, minutes in zip(*curve, strict=True)]
    return blocks.Table(
        [say("part des élèves"), words.capital(say("part des minutes"))], rows, say("Les chiffres : minutes cumulées selon l'IPS")
    )
