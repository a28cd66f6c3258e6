"""Results before and after tablets came, against schools without any: one point for each year since."""

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.figures import style
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.language import Language
from analysis.reports.school import Value
from analysis.reports.sentences import outcome_adoption as sentences
from analysis.reports.sentences.outcome_links import interval, signed
from analysis.reports.territory import Territory

_HEIGHT = 1.9  # inches
Years = list[tuple[int, Value]]


def outcome_adoption(territory: Territory) -> blocks.Block:
    """The change by years since the first with tablets, what it means, and its checks; nothing where there is no comparison."""
    change, language = sentences.overall(territory), territory.language
    years = _years(territory)
    if change is None or not years:
        return NOTHING
    svg = style.drawing(_HEIGHT, lambda axes: _paint(axes, language, years), left=0.6, right=0.1, bottom=0.45, top=0.1)
    figure = blocks.figure(sentences.title(territory, change), svg, _alternative(language, years), _note(language), _table(language, years))
    return figure + blocks.bullets(sentences.lines(territory, change))


def _years(territory: Territory) -> Years:
    found = territory.whole.series("adoption_change", "since", "")
    return sorted((int(category), value) for category, value in found if value.is_exact)


def _paint(axes: Axes, language: Language, years: Years) -> None:
    axes.axhline(0, color=style.RULE, linewidth=1, zorder=0)
    axes.axvline(-0.5, color=style.RULE, linewidth=1, linestyle=(0, (3, 3)), zorder=0)
    for since, value in years:
        if value.interval is not None:
            axes.plot([since, since], value.interval, color=style.INDIGO, linewidth=1.6)
        fill = "white" if since < 0 else style.INDIGO
        axes.plot([since], [value.amount], marker="o", markersize=7, color=style.INDIGO, markerfacecolor=fill)
        axes.annotate(signed(language, value.amount), (since, value.amount), xytext=(7, 0), textcoords="offset points", va="center")
    axes.set_xlim(years[0][0] - 0.6, years[-1][0] + 0.8)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5))
    axes.yaxis.set_major_formatter(lambda value, _: signed(language, value))
    axes.set_xlabel(language.say("années depuis la première avec des tablettes (0)"), fontsize=style.SMALL, labelpad=1)
    axes.set_ylabel(language.say("écarts-types"), fontsize=style.SMALL)


def _note(language: Language) -> str:
    say = language.say
    return " ".join(
        [
            say("Point plein : avec des tablettes. Point vide : avant, on doit y trouver zéro. Trait : intervalle à 95 %, sur les écoles."),
            say("Chaque point : le changement des écoles équipées, moins celui d'écoles qui n'ont jamais eu de tablettes."),
        ]
    )


def _alternative(language: Language, years: Years) -> str:
    listed = " ; ".join(f"{since} : {signed(language, value.amount)}" for since, value in years)
    return language.say("Un point par année depuis la première avec des tablettes : {listed}.", listed=listed)


def _table(language: Language, years: Years) -> blocks.Table:
    say = language.say
    header = [say("année"), say("changement"), say("intervalle à 95 %")]
    rows = [[str(since).replace("-", "\u2212"), signed(language, value.amount), interval(language, value)] for since, value in years]
    return blocks.Table(header, rows, say("Les chiffres : résultats depuis l'arrivée des tablettes, en écarts-types"))
