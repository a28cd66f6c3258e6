"""How progress in each test goes with minutes of use: a point with its interval for each, inside classes and between them."""

from analysis.figures import gaps_chart
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.language import Language
from analysis.reports.sentences import outcome_links as sentences
from analysis.reports.sentences import words
from analysis.reports.sentences.outcome_links import Link
from analysis.reports.territory import Territory

_SCALE = gaps_chart.Scale(least=0.2, digits=2, left=2.1, right=0.3)


def outcome_slopes(territory: Territory) -> blocks.Block:
    """One point for each slope that is shown, a sentence for each, and a table with what could have been missed; else nothing."""
    links, language = sentences.links(territory), territory.language
    if not links:
        return NOTHING
    svg = gaps_chart.chart(
        language,
        [_drawn(language, link) for link in links],
        _smallest(territory),
        language.say("écarts-types, pour dix minutes de plus par jour"),
        _SCALE,
    )
    figure = blocks.figure(sentences.headline(language, links), svg, _alternative(language, links), _note(territory, links))
    # six columns: too wide for the tables at the end, which stand side by side
    return figure + blocks.bullets([sentences.sentence(language, link) for link in links]) + _table(language, links)


def _drawn(language: Language, link: Link) -> gaps_chart.Gap:
    number = sentences.signed(language, link.slope.amount)
    return gaps_chart.Gap(link.slope.amount, link.slope.interval, number, sentences.is_sure(link), sentences.label(language, link), "")


def _smallest(territory: Territory) -> float:
    """The least association that would matter, where a protocol fixed it before."""
    return next((float(str(row["smallest"])) for row in territory.protocol), 0.0)


def _note(territory: Territory, links: list[Link]) -> str:
    say = territory.language.say
    lines = [
        say("Trait : intervalle à 95 %. Point plein : on peut le dire ; point vide : on ne peut pas."),
        say("Un écart-type est l'écart courant d'un élève à la moyenne de son niveau ; un dixième mène du rang 50 au rang 54 sur cent."),
    ]
    if _smallest(territory):
        lines.append(say("Bande grise : un lien trop faible pour compter, fixé d'avance."))
    pupils = max((link.slope.n or 0 for link in links), default=0)
    if pupils:
        lines.append(say("Environ {number} élèves au plus par résultat.", number=territory.language.number(pupils)))
    known = dict.fromkeys(words.capital(words.evidence(territory.language, link.evidence)) + "." for link in links)
    return " ".join([*lines, *known])


def _alternative(language: Language, links: list[Link]) -> str:
    listed = " ".join(sentences.sentence(language, link) for link in links)
    return language.say("Un point par résultat, avec son intervalle ; zéro est marqué. {links}", links=listed)


def _table(language: Language, links: list[Link]) -> blocks.Block:
    say = language.say
    header = [say("résultat"), say("annoncé"), say("lien"), say("intervalle à 95 %"), say("hasard seul"), say("lien visible dès")]
    rows = [_row(language, link) for link in links]
    return blocks.table(header, rows, say("Les chiffres : écarts-types pour dix minutes de plus par jour"))


def _row(language: Language, link: Link) -> list[str]:
    role = {"primary": language.say("principal"), "secondary": language.say("secondaire"), "exploratory": language.say("non")}[link.role]
    least = "–" if link.detectable is None else language.number(link.detectable.amount, 2)
    return [
        sentences.label(language, link),
        role,
        sentences.signed(language, link.slope.amount),
        sentences.interval(language, link.slope) if link.slope.interval else "–",
        sentences.chance(language, link.chance),
        least,
    ]
