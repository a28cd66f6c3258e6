"""What was announced before the results, and how the report holds itself to it."""

import datetime as dt

from analysis.reports.language import Language
from analysis.reports.school import Row
from analysis.reports.sentences import outcome_links
from analysis.reports.territory import Territory


def lines(territory: Territory) -> list[str]:
    """Short paragraphs: whether there is a protocol, of which day, what it asked, and whether the least that matters is ruled out."""
    say = territory.language.say
    if not territory.protocol:
        return [
            say("Aucun protocole n'a été déposé avant les résultats : tout ce qui suit est exploratoire."),
            say("Ce qui est trouvé ainsi se vérifie sur d'autres résultats, annoncés d'avance. Un modèle d'une page est fourni."),
        ]
    [protocol] = territory.protocol
    return [_dated(territory, protocol), _question(territory.language, protocol), *_least(territory, float(str(protocol["smallest"])))]


def _dated(territory: Territory, protocol: Row) -> str:
    language, say = territory.language, territory.language.say
    day = protocol["registered_on"]
    assert isinstance(day, dt.date)
    announced = [row for row in territory.outcomes if row["is_announced"]]
    if any(row["is_late"] for row in announced):
        return say("Le protocole est daté du {day}, après le test : tout est donc exploratoire.", day=language.date(day))
    names = [str(row["category"]) for row in announced if row["role"] == "primary"]
    if not names:
        return say(
            "Protocole déposé le {day}. Le résultat principal qu'il annonce n'est pas arrivé pour cette période.", day=language.date(day)
        )
    return say(
        "Protocole déposé le {day}, avant le test. Le résultat principal annoncé : « {name} ».", day=language.date(day), name=names[0]
    )


def _question(language: Language, protocol: Row) -> str:
    asked = str(protocol["question"] or "")
    return language.say("La question posée : « {question} »", question=asked) if asked else ""


def _least(territory: Territory, smallest: float) -> list[str]:
    """Of the primary outcome, inside classes: whether an association as large as the least that would matter is ruled out."""
    language, say = territory.language, territory.language.say
    written = language.number(smallest, 2)
    said = say("Le plus petit lien qui compterait, fixé d'avance : {least} écart-type pour dix minutes de plus par jour.", least=written)
    primary = [link for link in outcome_links.links(territory) if (link.role, link.term) == ("primary", "within")]
    if not primary or primary[0].slope.interval is None:
        return [said]
    low, high = primary[0].slope.interval
    if max(-low, high) < smallest:
        return [said + " " + say("Un lien aussi fort est exclu par ces données.")]
    return [said + " " + say("Un lien aussi fort n'est pas exclu par ces données.")]
