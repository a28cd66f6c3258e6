"""Results before and after tablets came, against schools without any: one point for each year since."""

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.figures import points_chart, style
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.language import Language
from analysis.reports.school import Value
from analysis.reports.sentences import outcome_adoption as sentences
from analysis.reports.sentences.outcome_links import interval, signed
from analysis.reports.territory import Territory

Years = list[tuple[int, Value]]


def outcome_adoption(territory: Territory) -> blocks.Block:
    """The change by years since the first with tablets, what it means, and its checks; nothing where there is no comparison."""
    change, language = sentences.overall(territory), territory.language
    years = _years(territory)
    if change is None or not years:
        return NOTHING
    svg = style.drawing(points_chart.HEIGHT, lambda axes: _paint(axes, language, years), **points_chart.MARGINS)
    figure = blocks.figure(sentences.title(territory, change), svg, _alternative(language, years), _note(language), _table(language, years))
    return figure + blocks.bullets(sentences.lines(territory, change))


def _years(territory: Territory) -> Years:
    found = territory.whole.series("adoption_change", "since", "")
    return sorted((int(category), value) for category, value in found if value.is_exact)


def _paint(axes: Axes, language: Language, years: Years) -> None:
    points_chart.paint(axes, language, years, hollow_below=0)
    axes.axvline(-0.5, color=style.RULE, linewidth=1, linestyle=(0, (3, 3)), zorder=0)
    axes.set_xlim(years[0][0] - 0.6, years[-1][0] + 0.8)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(language.say("années depuis la première avec des tablettes (0)"), fontsize=style.SMALL, labelpad=1)


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
