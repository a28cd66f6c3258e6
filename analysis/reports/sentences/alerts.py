"""An alert in words: what was seen, in the figures that a report would show, and what to do about it."""

from analysis.alerts.find import Alert
from analysis.foreign_text import label
from analysis.reports.language import Language
from analysis.reports.school import Value
from analysis.reports.sentences import words
from analysis.reports.sentences.periods import period_name


def alert_line(language: Language, alert: Alert) -> str:
    """One alert, in two or three sentences."""
    say = language.say
    place = say("{school} ({uai}), {period}", school=label(alert.school), uai=alert.uai, period=period_name(language, alert.period))
    return say("{place} : {seen} {advice}", place=place, seen=_seen(language, alert), advice=_advice(language, alert))


def _seen(language: Language, alert: Alert) -> str:
    say, known = language.say, _figures(language, alert)
    match alert.kind, alert.measure:
        case "trolley_unused", "share_device_days_used":
            return say("part des jours d'école où les tablettes partagées ont servi : {amount}.", **known)
        case "trolley_unused", _:
            return say("part des jours d'école où les tablettes partagées ont donné signe : {amount}.", **known)
        case "coverage_lost", _ if alert.value is None:
            return say("les tablettes des élèves n'ont donné aucun signe, après {before} des jours attendus en {before_period}.", **known)
        case "coverage_lost", _:
            return say(
                "part des jours attendus où les tablettes des élèves ont donné signe : {amount}, après {before} en {before_period}.",
                **known,
            )
    who = {"student": say("comptes d'élèves"), "relative": say("comptes de parents")}[alert.category]
    return say(
        "part des {who} du portail déjà ouverts : {amount}, après {before} en {before_period}. Cela n'avance plus.", who=who, **known
    )


def _advice(language: Language, alert: Alert) -> str:
    say = language.say
    match alert.kind, alert.measure:
        case "trolley_unused", "share_device_days_used":
            return say(
                "Demandez à l'école si elles sont en état, chargées et faciles à réserver ; si elle n'en a plus besoin, "
                "une autre peut en avoir l'usage."
            )
        case "trolley_unused", _:
            return say(
                "Éteintes ou inutilisées, rien ne les distingue : vérifiez avec l'école qu'elles sont chargées et connectées, "
                "et qu'elle en a besoin."
            )
        case "coverage_lost", _:
            return say(
                "C'est l'état de la collecte, pas l'usage : vérifiez que l'export du parc arrive et que ces tablettes se connectent. "
                "D'ici là, les rapports n'ont pas assez de données."
            )
    return say("Proposez à l'école de redonner les codes d'accès et de montrer la première connexion.")


def _figures(language: Language, alert: Alert) -> dict[str, str]:
    known = {}
    if alert.value is not None:
        known["amount"] = _amount(language, alert.value, alert.bound)
    if alert.before_period and alert.before_value is not None:
        known["before"] = _amount(language, alert.before_value, alert.before_bound)
        known["before_period"] = period_name(language, alert.before_period)
    return known


def _amount(language: Language, value: float, bound: str | None) -> str:
    return words.amount(language, Value(value, None, None, None, None, True, bound or "", ""), "share")
