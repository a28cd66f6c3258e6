"""The titles of the territory's figures: each says the finding, from the very values that the figure draws."""

from collections.abc import Sequence

from analysis.reports.language import Language
from analysis.reports.school import Value
from analysis.reports.sentences.territory_verdicts import Verdict
from analysis.reports.sentences.words import amount

_HALF_HOUR = 30


def accounts(language: Language, regular: Value | None) -> str:
    """How many of the teachers' accounts are regular."""
    if regular is None or not regular.shown:
        return language.say("Les comptes de l'ENT selon le profil")
    return language.say("Comptes d'enseignants réguliers sur l'ENT : {share}", share=amount(language, regular, "share"))


def closures(language: Language, verdict: Verdict) -> str:
    """How much of the days of closure has a use."""
    say = language.say
    known: dict[Verdict, str] = {
        "confirmed": say("École fermée, la plupart des jours-élèves ont un usage"),
        "partly": say("École fermée, des usages existent sans être la règle"),
        "refuted": say("École fermée, les usages sont rares"),
        "unknown": say("École fermée : ce que les chiffres publiés permettent de voir"),
    }
    return known[verdict]


def panels(language: Language, weeks: Sequence[Sequence[float]]) -> str:
    """In how many schools the weekly medians stay under half an hour, never in which; `weeks`: medians of each school that has some."""
    say, total = language.say, len(weeks)
    under = sum(max(medians) < _HALF_HOUR for medians in weeks)
    if not total:
        return say("Les écoles côte à côte, sans classement")
    if under == total == 1:
        return say("La médiane reste sous la demi-heure chaque semaine dans l'école mesurée (sans classement)")
    if under == total:
        return say(
            "La médiane reste sous la demi-heure chaque semaine dans les {number} écoles mesurées (sans classement)",
            number=language.number(total),
        )
    if not under:
        return say("Dans chaque école mesurée, la médiane atteint la demi-heure au moins une semaine (sans classement)")
    return say(
        "La médiane reste sous la demi-heure chaque semaine dans {under} des {total} écoles mesurées (sans classement)",
        under=language.number(under),
        total=language.number(total),
    )


def social_index(language: Language, slope: Value | None) -> str:
    """Whether minutes go with the schools' social index; `slope`: SII in minutes, positive when use is higher where the index is."""
    say = language.say
    if slope is None or slope.interval is None:
        return say("Usage et IPS des écoles : on ne peut pas dire s'ils vont ensemble")
    if slope.interval[0] > 0:
        return say("Plus d'usage dans les écoles d'IPS élevé")
    if slope.interval[1] < 0:
        return say("Plus d'usage dans les écoles d'IPS bas")
    return say("Usage et IPS des écoles : aucune différence sûre")


def deployment(language: Language, in_hands: float, planned: float | None) -> str:
    """Tablets in hands against the plan; within a twentieth, the plan is kept."""
    say, number = language.say, language.number
    if not planned:
        return say("Tablettes confiées à des élèves : {number}", number=number(in_hands))
    ratio = in_hands / planned
    if abs(ratio - 1) <= _KEPT:
        return say(
            "Le plan de l'année est tenu : {hands} tablettes confiées, {planned} prévues", hands=number(in_hands), planned=number(planned)
        )
    if ratio > 1:
        return say(
            "Au-delà du plan de l'année : {hands} tablettes confiées, {planned} prévues", hands=number(in_hands), planned=number(planned)
        )
    return say(
        "En deçà du plan de l'année : {hands} tablettes confiées, {planned} prévues", hands=number(in_hands), planned=number(planned)
    )


_KEPT = 0.05


def coverage(language: Language, over: int, known: int, floor: float) -> str:
    """How many schools reach the floor of coverage."""
    say, least = language.say, language.percent(floor)
    if over == known == 1:
        return say("Couverture : la seule école connue atteint le plancher de {floor}", floor=least)
    if over == known:
        return say("Couverture : les {number} écoles connues atteignent le plancher de {floor}", number=language.number(known), floor=least)
    return say(
        "Couverture : {over} des {known} écoles connues atteignent le plancher de {floor}",
        over=language.number(over),
        known=language.number(known),
        floor=least,
    )


def concentration(language: Language, index: Value | None) -> str:
    """Whether minutes gather in schools of high or of low index; an index is only believed with its interval."""
    say = language.say
    if index is None or not index.is_exact or index.interval is None:
        return say("Partage des minutes selon l'IPS : on ne peut pas dire")
    if index.interval[0] > 0:
        return say("Les écoles d'IPS élevé font plus que leur part des minutes")
    if index.interval[1] < 0:
        return say("Les écoles d'IPS bas font plus que leur part des minutes")
    return say("Partage des minutes selon l'IPS : aucun écart sûr")
