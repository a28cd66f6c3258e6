"""Which schools are left out of the territory's minutes, and why."""

from analysis.reports.school import School
from analysis.reports.sentences import withheld
from analysis.reports.sentences.systems import devices
from analysis.reports.sentences.territory_schools import why_no_curve
from analysis.reports.sentences.words import listed
from analysis.reports.territory import Territory

_MINUTES = "minutes_per_pupil_day"
_NAMED = 8  # schools of one reason by their names; more are counted


def left_out(territory: Territory) -> list[str]:
    """One line for each reason, with the schools that it leaves out of the minutes; empty when all are in."""
    reasons: dict[str, list[School]] = {}
    for school in territory.schools:
        value = school.value(_MINUTES)
        if value is None or not value.is_exact:
            reasons.setdefault(reason(school), []).append(school)
    return [_line(territory, why, schools) for why, schools in reasons.items()]


def reason(school: School) -> str:
    """Why the school has no minutes, as a heading of its line."""
    say = school.language.say
    if school.evidence == "checkin":
        if school.system() == "ipad":
            return say("iPad, qui ne donnent aucune durée")
        return say("{devices} vus sans durée", devices=devices(school.language, school.system()))
    if not school.has_individual and school.has_shared:
        return say("tablettes partagées, à aucun élève")
    if not school.has_individual:
        return say("aucune tablette confiée connue")
    value = school.value(_MINUTES)
    return why_no_curve(school) if value is None else withheld.phrase(school, value.reason)


def _line(territory: Territory, why: str, schools: list[School]) -> str:
    language = territory.language
    if len(schools) > _NAMED:
        counted = language.count("{number} école", "{number} écoles", len(schools))
        return language.say("Sans minutes, {why} : {schools}.", why=why, schools=counted)
    names = listed(language, [language.typeset(school.name) for school in schools])
    return language.say("Sans minutes, {why} : {schools}.", why=why, schools=names)
