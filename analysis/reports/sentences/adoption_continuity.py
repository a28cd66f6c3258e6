"""Does class go on at home? Days on which the school had declared itself closed, school days at home, days without class."""

from analysis.reports.school import School, Value
from analysis.reports.sentences.adoption_values import accounts, is_shown, tablets
from analysis.reports.sentences.answer import times_in_ten
from analysis.reports.sentences.words import amount, spoken_minutes


def title(school: School) -> str:
    """The finding on closure days, else at home, else on days without class."""
    language, say = school.language, school.language.say
    closure, portal = _closure(school), _portal_closure(school)
    home, off = _home(school), tablets(school, "share_days_off_used")
    if closure is not None and closure.shown:
        if closure.reason == "at_most":
            return say("École fermée, la tablette sert rarement")
        return say("École fermée, la tablette sert {often}", often=times_in_ten(language, closure.amount))
    if portal is not None and portal.is_exact:
        return say("École fermée, un élève vient sur l'ENT {often}", often=times_in_ten(language, portal.amount))
    if home is not None and home.is_exact:
        return say("À la maison, la tablette sert {minutes} par jour de classe", minutes=spoken_minutes(language, home.amount))
    if off is None or off.reason == "at_most":
        return say("Les jours sans classe, la tablette sert rarement")
    return say("Les jours sans classe, la tablette sert {often}", often=times_in_ten(language, off.amount))


def sentences(school: School) -> list[str]:
    """What is known of each, in that order; empty when nothing is."""
    language, say = school.language, school.language.say
    closure, portal = _closure(school), _portal_closure(school)
    home, off = _home(school), tablets(school, "share_days_off_used")
    said = list[str]()
    if closure is not None and closure.shown:
        share = amount(language, closure, "share")
        said.append(say("Jours où l'école s'est déclarée fermée : un usage {share} des jours-élèves emportés.", share=_in(school, share)))
    if portal is not None and portal.shown:
        share = amount(language, portal, "share")
        said.append(say("Ces jours-là, une visite de l'ENT {share} des jours-élèves inscrits.", share=_in(school, share)))
    if home is not None and home.is_exact:
        minutes = spoken_minutes(language, home.amount)
        said.append(say("Un jour de classe, hors des heures de classe : {minutes} par élève qui emporte sa tablette.", minutes=minutes))
    if off is not None and off.shown:
        share = amount(language, off, "share")
        said.append(say("Mercredis, fins de semaine et vacances : un usage {share} des jours-élèves.", share=_in(school, share)))
    return said


def is_known(school: School) -> bool:
    """Whether anything may be said."""
    values = (_closure(school), _portal_closure(school), tablets(school, "share_days_off_used"))
    home = _home(school)
    return any(is_shown(value) for value in values) or (home is not None and home.is_exact)


def _in(school: School, share: str) -> str:
    return school.language.say("dans {amount}", amount=share)


def _closure(school: School) -> Value | None:
    return tablets(school, "closure_days_used_share")


def _portal_closure(school: School) -> Value | None:
    return accounts(school, "portal_closure_days_share")


def _home(school: School) -> Value | None:
    return tablets(school, "home_minutes_per_pupil_day")
