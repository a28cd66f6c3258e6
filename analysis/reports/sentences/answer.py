"""The answer: one sentence that a parent can repeat, and what completes it."""

from analysis.reports.language import Language
from analysis.reports.school import School, Value
from analysis.reports.sentences import systems, withheld
from analysis.reports.sentences.words import (
    HALF_HOUR_IS_RARE,
    amount,
    capital,
    spelled,
    spoken_minutes,
    tenths,
)

_NEARLY_ALL = 0.9  # of the pupils hold a tablet: from here "a pupil" is fair


def answer(school: School) -> tuple[str, str]:
    """The main sentence and its complement, for whatever the school's data allow; the complement may be empty."""
    for known in (_pupil_minutes, _withheld, _seen, _shared_seen, _shared, _portal, _kept_back):
        if said := known(school):
            return said
    say = school.language.say
    return say("Aucune donnée n'est arrivée pour cette école sur cette période."), say("Ce rapport dit ce qui manque et pourquoi.")


def half_hour(language: Language, over_30: Value | None) -> str:
    """How often the tablet serves more than half an hour, to follow "elle sert ; "; empty when it may not be said."""
    if over_30 is None or not over_30.shown or over_30.reason == "at_least":
        return ""
    if over_30.amount <= HALF_HOUR_IS_RARE and (over_30.is_bound or tenths(over_30.amount) == 0):
        return language.say("elle dépasse rarement la demi-heure")
    if over_30.is_bound:
        return ""
    return language.say("elle dépasse la demi-heure {often}", often=days_in_ten(language, over_30.amount))


def days_in_ten(language: Language, share: float) -> str:
    """`très rarement`, `un jour sur dix`, `un jour sur deux`, `presque chaque jour`."""
    number = tenths(share)
    if number in (0, 10):
        return language.say("très rarement") if number == 0 else language.say("presque chaque jour")
    if number == 5:
        return language.say("un jour sur deux")
    return language.count("{word} jour sur dix", "{word} jours sur dix", number, word=spelled(language, number))


def times_in_ten(language: Language, share: float) -> str:
    """`très rarement`, `deux fois sur dix`, `une fois sur deux`, `presque toujours`."""
    say, number = language.say, tenths(share)
    apart = {0: say("très rarement"), 1: say("une fois sur dix"), 5: say("une fois sur deux"), 10: say("presque toujours")}
    return apart.get(number) or say("{word} fois sur dix", word=spelled(language, number))


def _pupil_minutes(school: School) -> tuple[str, str] | None:
    language, value = school.language, school.value("minutes_per_pupil_day")
    if value is not None and value.is_exact and value.evidence == "network":
        return _asked_minutes(language, value)
    rest = _how_often(school)
    if value is None or not value.is_exact:
        return (rest, language.say("La durée moyenne n'est pas publiée.")) if rest else None
    spoken = spoken_minutes(language, value.amount)
    if _some_are_not_equipped(school):
        return language.say("En moyenne, un élève équipé utilise sa tablette {minutes} par jour de classe.", minutes=spoken), rest
    return language.say("En moyenne, un élève utilise sa tablette {minutes} par jour de classe.", minutes=spoken), rest


def _asked_minutes(language: Language, value: Value) -> tuple[str, str]:
    """What a proxy saw is no use of a tablet: only that it asked for sites for class."""
    return (
        language.say(
            "En moyenne, la tablette d'un élève va sur des sites pour la classe au moins {minutes} par jour de classe.",
            minutes=spoken_minutes(language, value.amount),
        ),
        language.say("C'est ce que voit le réseau : ni le travail hors connexion, ni les applications."),
    )


def _some_are_not_equipped(school: School) -> bool:
    """More than one pupil in ten has no tablet: the answer may not speak of every pupil."""
    share = school.value("equipped_share", evidence="")
    return share is not None and share.shown and share.reason != "at_least" and share.amount < _NEARLY_ALL


def _how_often(school: School) -> str:
    """`Six jours sur dix, elle sert ; elle dépasse rarement la demi-heure.`"""
    say, used = school.language.say, school.value("share_pupil_days_used")
    if used is None or not used.shown or used.evidence == "checkin":
        return ""
    beyond = half_hour(school.language, school.value("share_pupil_days_over_30"))
    serves = _serves(school.language, used)
    return say("{serves} ; {beyond}.", serves=serves, beyond=beyond) if beyond else say("{serves}.", serves=serves)


def _serves(language: Language, used: Value) -> str:
    if used.reason == "at_most":
        return language.say("Elle sert rarement")
    number = tenths(used.amount) if used.is_exact else 10
    often = {0: language.say("Elle ne sert presque jamais"), 10: language.say("Elle sert presque chaque jour")}
    return often.get(number) or language.say("{often}, elle sert", often=capital(days_in_ten(language, used.amount)))


def _withheld(school: School) -> tuple[str, str] | None:
    """Too few pupils, or too little data: said in place of the answer."""
    say, coverage = school.language.say, school.coverage
    floor = school.setting("coverage_floor", 0.5)
    reasons = _reasons(school)
    if said := withheld.too_few(school, {*reasons, *([coverage.reason] if coverage is not None else [])}):
        return said
    if coverage is None or not (("coverage" in reasons) or (coverage.is_exact and coverage.amount < floor)):
        return None
    return say("Les données reçues ne suffisent pas pour dire combien les tablettes servent."), _too_little(school, coverage, floor)


def _kept_back(school: School) -> tuple[str, str] | None:
    return withheld.kept_back(school, _reasons(school))


def _reasons(school: School) -> set[str]:
    return {value.reason for measure in _MAIN if (value := school.value(measure)) is not None and not value.shown}


_MAIN = ("minutes_per_pupil_day", "share_pupil_days_used", "minutes_per_device_day")


def _too_little(school: School, coverage: Value, floor: float) -> str:
    say, least = school.language.say, school.language.percent(floor)
    if not coverage.shown:
        return say("Il faut au moins {floor} des jours-tablettes.", floor=least)
    share = amount(school.language, coverage, "share")
    return say("Elles couvrent {share} des jours-tablettes ; il en faut {floor}.", share=share, floor=least)


def _seen(school: School) -> tuple[str, str] | None:
    coverage = school.value("coverage", evidence="checkin")
    if school.evidence != "checkin" or coverage is None or not coverage.shown:
        return None
    language = school.language
    often = times_in_ten(language, coverage.amount)
    return (
        language.say("Les jours de classe, la tablette d'un élève se connecte {often}.", often=often),
        systems.never_how_long(school),
    )


def _shared_seen(school: School) -> tuple[str, str] | None:
    """Shared tablets that only check in, in a school that has no other."""
    language, coverage = school.language, school.coverage
    if school.has_individual or school.shared_evidence != "checkin" or coverage is None or not coverage.shown:
        return None
    return (
        language.say("Les jours de classe, une tablette partagée se connecte {often}.", often=times_in_ten(language, coverage.amount)),
        systems.never_how_long(school),
    )


def _shared(school: School) -> tuple[str, str] | None:
    language, value = school.language, school.value("minutes_per_device_day")
    if value is None or not value.is_exact:
        return None
    spoken = spoken_minutes(language, value.amount)
    return (
        language.say("En moyenne, une tablette partagée sert {minutes} par jour de classe.", minutes=spoken),
        language.say("Elle passe de main en main : cette durée n'est pas celle d'un élève."),
    )


def _portal(school: School) -> tuple[str, str] | None:
    language, value = school.language, school.value("portal_share_pupil_days")
    if value is None or not value.is_exact:
        return None
    often = times_in_ten(language, value.amount)
    return (
        language.say("Les jours de classe, un élève vient sur l'ENT {often}.", often=often),
        language.say("Aucune donnée de tablette n'est arrivée sur cette période."),
    )
