"""What is heard of the project: each claim with its verdict and the reason in one sentence. The rules are in `territory_verdicts.py`."""

from dataclasses import dataclass

from analysis.reports.language import Language
from analysis.reports.school import School
from analysis.reports.sentences import territory_verdicts as rules
from analysis.reports.sentences.systems import are_android_and_chromebook, kind
from analysis.reports.sentences.territory_verdicts import Verdict
from analysis.reports.sentences.words import amount, listed
from analysis.reports.territory import Territory


@dataclass(frozen=True)
class Claim:
    """A claim as it is heard, the verdict and its word, and the reason, one sentence."""

    text: str
    verdict: Verdict
    word: str
    reason: str


def claims(territory: Territory) -> list[Claim]:
    """The four claims, in the order of the report."""
    return [half_hour(territory), teachers(territory), alike(territory), closures(territory)]


def half_hour(territory: Territory) -> Claim:
    """Minutes a day."""
    found, say = rules.half_hour(territory.whole), territory.language.say
    verdicts = {verdict for verdict in found.tests.values() if verdict != "unknown"}
    reasons = {
        "confirmed": say("La plupart des jours-élèves durent de 5 à 30 minutes, et plus d'une demi-heure est rare."),
        "partly": _half(territory.whole, found),
        "refuted": say("Moins de la moitié des jours-élèves durent de 5 à 30 minutes, et plus d'une demi-heure n'est pas rare."),
        "unknown": say("Les chiffres publiés sont des bornes, qui ne tranchent pas."),
    }
    differ = say("Deux sortes d'appareils donnent deux réponses différentes.")
    if are_android_and_chromebook(territory.whole):
        differ = say("Les tablettes Android et les Chromebook donnent deux réponses différentes.")
    reason = reasons[found.verdict] if len(verdicts) < 2 else differ
    if not found.tests:
        reason = say("Aucune durée mesurée n'est publiée sur cette période.")
    return _claim(territory, say("« 5 minutes à une demi-heure par jour, rarement plus »"), found.verdict, reason)


def _half(school: School, found: rules.Judgement) -> str:
    """Which part of the first claim holds: `rarely more`, or `5 to 30`."""
    say = school.language.say
    evidence = next(iter(found.named("partly")), rules.MEASURED[0])
    if rules.is_most(rules.usual_span(school, evidence)) == "yes":
        return say("La plupart des jours-élèves durent de 5 à 30 minutes, mais plus d'une demi-heure n'est pas rare.")
    return say("Plus d'une demi-heure est rare, mais moins de la moitié des jours-élèves durent de 5 à 30 minutes.")


def teachers(territory: Territory) -> Claim:
    """Teachers and the portal."""
    found, say, whole = rules.teachers(territory.whole), territory.language.say, territory.whole
    regular, active = (_share(whole, name, "profile", "teacher") for name in ("accounts_regular_share", "accounts_active_share"))
    reasons = {
        "confirmed": say("Comptes d'enseignants réguliers : {share}.", share=regular),
        "partly": say(
            "Comptes d'enseignants actifs : {active} ; réguliers : {regular}, moins de la moitié.", active=active, regular=regular
        ),
        "refuted": say("Comptes d'enseignants actifs : {active}, moins de la moitié.", active=active),
        "unknown": say("Les chiffres publiés sont des bornes, qui ne tranchent pas."),
    }
    reason = reasons[found.verdict] if regular or active else say("Aucun chiffre de l'ENT n'est publié pour les enseignants.")
    if found.verdict == "unknown" and bool(regular) != bool(active):
        reason = say("Il manque un chiffre sur deux : comptes actifs, comptes réguliers.")
    return _claim(territory, say("« Les enseignants se sont emparés de l'ENT »"), found.verdict, reason)


def alike(territory: Territory) -> Claim:
    """Equal treatment."""
    found, language = rules.alike(territory), territory.language
    access, use = _access(language, found.access), _use(language, found.use)
    reason = language.say("{access} ; {use}.", access=access, use=use)
    return _claim(territory, language.say("« Tous les élèves sont traités de la même façon »"), found.verdict, reason)


def _access(language: Language, found: rules.Judgement) -> str:
    say = language.say
    if found.verdict == "confirmed":
        return say("L'équipement est le même pour tous")
    if found.verdict == "refuted":
        return say("L'équipement diffère {names}", names=listed(language, compared(language, found.named("no"))))
    return say("Pour l'équipement, on ne peut pas dire")


def _use(language: Language, found: rules.Judgement) -> str:
    say = language.say
    if found.verdict == "confirmed":
        return say("l'usage est le même pour tous, à une minute près")
    if found.verdict == "refuted":
        return say("l'usage diffère {names}", names=listed(language, compared(language, found.named("no"))))
    return say("pour l'usage, on ne peut pas dire")


def compared(language: Language, names: list[str]) -> list[str]:
    """What is compared, to follow "diffère": `selon l'école`, `entre filles et garçons`."""
    say = language.say
    words = {
        "schools": say("selon l'école"),
        "level": say("selon le niveau"),
        "sex": say("entre filles et garçons"),
        "social_band": say("selon le milieu social"),
        "home_internet": say("selon l'accès à internet à la maison"),
        "support": say("selon l'accompagnement de l'élève"),
        "take_home": say("selon le milieu social (droit d'emporter la tablette)"),
        "rep": say("entre REP et autres écoles"),
        "ips": say("selon l'IPS de l'école"),
    }
    return [words[name] for name in names]


def closures(territory: Territory) -> Claim:
    """Lessons on closure days."""
    found, say, language = rules.closures(territory.whole), territory.language.say, territory.language
    parts = listed(language, closure_parts(territory.whole))
    reason = (
        say("École fermée, jours-élèves avec un usage : {parts}.", parts=parts)
        if parts
        else say("Aucun jour de fermeture déclarée n'a de chiffre publié.")
    )
    if parts and found.verdict == "unknown":
        reason = say("École fermée, jours-élèves avec un usage : {parts} ; ces bornes ne tranchent pas.", parts=parts)
    return _claim(territory, say("« La classe continue à la maison quand l'école est fermée »"), found.verdict, reason)


def closure_parts(school: School) -> list[str]:
    """`12 % (tablette Android)`, for each kind that is known, then the visits of the portal."""
    say = school.language.say
    shares = {name: _share(school, "closure_days_used_share", evidence=name) for name in rules.MEASURED}
    parts = [say("{share} ({kind})", share=share, kind=kind(school, name)) for name, share in shares.items() if share]
    visits = _share(school, "portal_closure_days_share", evidence="estimated")
    return [*parts, say("{share} (visite de l'ENT)", share=visits)] if visits else parts


def verdict_word(language: Language, verdict: Verdict) -> str:
    """The verdict as it is printed."""
    say = language.say
    words: dict[Verdict, str] = {
        "confirmed": say("Confirmé"),
        "partly": say("En partie"),
        "refuted": say("Pas confirmé"),
        "unknown": say("On ne peut pas dire"),
    }
    return words[verdict]


def _claim(territory: Territory, text: str, verdict: Verdict, reason: str) -> Claim:
    return Claim(text, verdict, verdict_word(territory.language, verdict), reason)


def _share(school: School, measure: str, breakdown: str = "all", category: str = "all", evidence: str = "estimated") -> str:
    """A published share in words, empty when it is withheld."""
    value = school.value(measure, breakdown, category, evidence)
    return "" if value is None or not value.shown else amount(school.language, value, "share")
