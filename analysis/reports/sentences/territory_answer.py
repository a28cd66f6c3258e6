"""The answer for the whole territory, and how sure it is."""

from analysis.reports.language import Language
from analysis.reports.school import School, Value
from analysis.reports.sentences.answer import times_in_ten
from analysis.reports.sentences.certainty import certainty
from analysis.reports.sentences.systems import are_android_and_chromebook, kind
from analysis.reports.sentences.territory_claims import Claim, claims
from analysis.reports.sentences.territory_verdicts import MEASURED, Verdict
from analysis.reports.sentences.words import capital, listed, spelled, spoken_minutes
from analysis.reports.territory import Territory

_MAIN = "minutes_per_pupil_day"


def answer(territory: Territory) -> tuple[str, str]:
    """What the pupils do, in one sentence, and how many of the claims hold."""
    return _use(territory.whole), tally(territory.language, claims(territory))


def _use(school: School) -> str:
    say, language = school.language.say, school.language
    means = {name: value for name in MEASURED if (value := school.value(_MAIN, evidence=name)) is not None and value.is_exact}
    if len(means) > 1:
        android, chromebook = (spoken_minutes(language, means[name].amount) for name in MEASURED)
        if not are_android_and_chromebook(school):
            first, second = (kind(school, name) for name in MEASURED)
            return say(
                "En moyenne, par jour de classe : {one} ({first}), {other} ({second}).",
                one=android,
                first=first,
                other=chromebook,
                second=second,
            )
        return say(
            "En moyenne, par jour de classe : {android} sur une tablette Android, {chromebook} sur un Chromebook.",
            android=android,
            chromebook=chromebook,
        )
    for value in means.values():
        return say(
            "En moyenne, un élève équipé utilise sa tablette {minutes} par jour de classe.", minutes=spoken_minutes(language, value.amount)
        )
    return _without_minutes(school)


def _without_minutes(school: School) -> str:
    say, language = school.language.say, school.language
    seen, visits = school.value("coverage", evidence="checkin"), school.value("portal_share_pupil_days")
    if seen is not None and seen.is_exact:
        return say("Les jours de classe, la tablette d'un élève se connecte {often}.", often=times_in_ten(language, seen.amount))
    if visits is not None and visits.is_exact:
        return say("Les jours de classe, un élève vient sur l'ENT {often}.", often=times_in_ten(language, visits.amount))
    if any(not value.shown for value in school.cells.values()):
        return say("Les données reçues ne suffisent pas pour dire combien les tablettes servent.")
    return say("Aucune donnée n'est arrivée pour ce territoire sur cette période.")


def tally(language: Language, found: list[Claim]) -> str:
    """`Quatre affirmations examinées : une confirmée et trois sans réponse.`"""
    verdicts = [claim.verdict for claim in found]
    order: tuple[Verdict, ...] = ("confirmed", "partly", "refuted", "unknown")
    parts = [_counted(language, verdict, verdicts.count(verdict)) for verdict in order if verdict in verdicts]
    number = capital(spelled(language, len(found), feminine=True))
    return language.say("{number} affirmations examinées : {parts}.", number=number, parts=listed(language, parts))


def _counted(language: Language, verdict: Verdict, number: int) -> str:
    count, word = language.count, spelled(language, number, feminine=True)
    known = {
        "confirmed": count("{word} confirmée", "{word} confirmées", number, word=word),
        "partly": language.say("{word} en partie", word=word),
        "refuted": count("{word} non confirmée", "{word} non confirmées", number, word=word),
        "unknown": language.say("{word} sans réponse", word=word),
    }
    return known[verdict]


def sureness(territory: Territory) -> str:
    """How many schools the minutes come from, and the margin from class to class; says so when there are none."""
    say, total = territory.language.say, len(territory.schools)
    having = sum(has_minutes(school) for school in territory.schools)
    if not having:
        return say("Aucune école n'a de minutes publiées ; les raisons sont dites plus loin.")
    sources = territory.language.count(
        "Ces minutes viennent de {number} école sur {total}.", "Ces minutes viennent de {number} écoles sur {total}.", having, total=total
    )
    return f"{sources} {_margins(territory.whole)}"


def _margins(school: School) -> str:
    """The margin from class to class: of each kind of tablet by its name when there are several."""
    say, language = school.language.say, school.language
    known = {name: value.interval for name in MEASURED if (value := school.value(_MAIN, evidence=name)) is not None and value.interval}
    if len(known) < 2:
        return certainty(school)
    parts = [
        say("{low} à {high} ({kind})", low=language.number(low), high=language.minutes(high), kind=kind(school, name))
        for name, (low, high) in known.items()
    ]
    return say("À quel point est-ce sûr ? Intervalles à 95 % : {parts}.", parts=listed(language, parts))


def has_minutes(school: School) -> bool:
    """The school has minutes per pupil that may be shown."""
    value: Value | None = school.value(_MAIN)
    return value is not None and value.is_exact
