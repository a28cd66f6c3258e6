"""Progress by fifths of minutes, for the outcome that matters most: whether more goes with more all along."""

from matplotlib.axes import Axes

from analysis.figures import points_chart, style
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.language import Language
from analysis.reports.school import Value
from analysis.reports.sentences import outcome_links as sentences
from analysis.reports.sentences.outcome_links import Link
from analysis.reports.territory import Territory

FIFTHS = (1, 2, 3, 4, 5)


def outcome_by_fifth(territory: Territory) -> blocks.Block:
    """Five points with their intervals, the pupils who use the tablet least first; nothing unless all five may be shown."""
    links, language = sentences.links(territory), territory.language
    values = _values(territory, links[0]) if links else []
    if not values:
        return NOTHING
    svg = style.drawing(points_chart.HEIGHT, lambda axes: _paint(axes, language, values), **points_chart.MARGINS)
    return blocks.figure(_title(language, links[0], values), svg, _alternative(language, values), _note(language), _table(language, values))


def _values(territory: Territory, link: Link) -> list[Value]:
    found = [territory.whole.value("progress_by_fifth", f"fifth_{fifth}", link.category, link.evidence) for fifth in FIFTHS]
    shown = [value for value in found if value is not None and value.shown]
    return shown if len(shown) == len(FIFTHS) else []


def _paint(axes: Axes, language: Language, values: list[Value]) -> None:
    points_chart.paint(axes, language, zip(FIFTHS, values, strict=True))
    axes.set_xlim(0.6, 5.6)
    axes.set_xticks(FIFTHS, _names(language))
    axes.tick_params(axis="x", length=0)


def _names(language: Language) -> list[str]:
    say = language.say
    return [say("s'en sert\nle moins"), "2", "3", "4", say("s'en sert\nle plus")]


def _title(language: Language, link: Link, values: list[Value]) -> str:
    """More or less only where the intervals of the two ends do not touch."""
    first, last = values[0].interval, values[-1].interval
    if first is not None and last is not None and last[0] > first[1]:
        return language.say("« {name} » : le cinquième qui se sert le plus de la tablette progresse le plus", name=link.name)
    if first is not None and last is not None and last[1] < first[0]:
        return language.say("« {name} » : le cinquième qui se sert le plus de la tablette progresse le moins", name=link.name)
    return language.say("« {name} » : d'un cinquième des élèves à l'autre, pas de différence nette", name=link.name)


def _note(language: Language) -> str:
    say = language.say
    return " ".join(
        [
            say("Cinq groupes de même taille, des élèves qui se servent le moins de la tablette à ceux qui s'en servent le plus."),
            say("Point : progrès moyen, à résultat d'avant et niveau égaux. Trait : intervalle à 95 %, calculé sur les classes."),
            say("Élèves de toutes les classes ensemble : l'enseignant et l'école s'y mêlent."),
        ]
    )


def _alternative(language: Language, values: list[Value]) -> str:
    listed = " ; ".join(f"{fifth} : {sentences.signed(language, value.amount)}" for fifth, value in zip(FIFTHS, values, strict=True))
    return language.say(
        "Cinq points, de ceux qui se servent le moins de la tablette à ceux qui s'en servent le plus : {listed}.", listed=listed
    )


def _table(language: Language, values: list[Value]) -> blocks.Table:
    say = language.say
    header = [say("cinquième"), say("progrès"), say("intervalle à 95 %")]
    names = [name.replace("\n", " ") for name in _names(language)]
    rows = [
        [name, sentences.signed(language, value.amount), sentences.interval(language, value)]
        for name, value in zip(names, values, strict=True)
    ]
    return blocks.Table(header, rows, say("Les chiffres : progrès par cinquièmes de minutes, en écarts-types"))
