"""The titles of the adoption figures: each says the finding, from the very values that the figure draws."""

import datetime as dt

from analysis.reports.language import Language
from analysis.reports.school import Value
from analysis.reports.sentences.adoption_words import month_of, spoken_days
from analysis.reports.sentences.change import Change
from analysis.reports.sentences.titles import between
from analysis.reports.sentences.words import amount

APART = 0.10  # shares of two levels, counted in full; below, small groups and rounding explain it
LEAST_POINTS = 3  # a weekly share that moves by less is called stable


def funnel(language: Language, equipped: Value, stages: dict[str, Value]) -> str:
    """`Sur 100 élèves inscrits, 94 ont une tablette et 61 l'utilisent régulièrement`; the last stage that is exact is the one named."""
    say, known = language.say, {stage: value for stage, value in stages.items() if value.is_exact}
    if not equipped.is_exact or not known:
        return say("De l'équipement à l'usage régulier")
    has, (stage, value) = language.number(100 * equipped.amount), list(known.items())[-1]
    reached = language.number(100 * value.amount)
    if round(100 * value.amount) <= 1:
        return say("Sur 100 élèves inscrits, {has} ont une tablette ; presque aucun ne va au bout", has=has)
    named = {
        "activated": say("Sur 100 élèves inscrits, {has} ont une tablette et {reached} l'ont déjà utilisée", has=has, reached=reached),
        "active": say("Sur 100 élèves inscrits, {has} ont une tablette et {reached} s'en servent vraiment", has=has, reached=reached),
        "regular": say("Sur 100 élèves inscrits, {has} ont une tablette et {reached} l'utilisent régulièrement", has=has, reached=reached),
    }
    return named[stage]


def equipped_by_level(language: Language, levels: list[tuple[str, Value]]) -> str:
    """The levels with the fewest and the most tablets when they are `apart`, else that they are close."""
    if not apart(levels):
        return language.say("D'un niveau à l'autre, la part d'élèves équipés change peu")
    (least, low), (most, high) = (pick(levels, key=lambda entry: entry[1].amount) for pick in (min, max))
    said = {"least": least, "low": amount(language, low, "share"), "most": most, "high": amount(language, high, "share")}
    return language.say("Moins d'élèves équipés en {least} ({low}) qu'en {most} ({high})", **said)


def apart(levels: list[tuple[str, Value]]) -> bool:
    """Whether one level has at least ten points fewer tablets than another, whatever the bounds hide."""
    least, most = (pick((value for _, value in levels), key=lambda value: value.amount) for pick in (min, max))
    return most.amount - least.amount >= APART and least.reason != "at_least" and most.reason != "at_most"


def first_use(language: Language, median: Value | None, within: list[tuple[str, Value]]) -> str:
    """How fast half of the pupils begin; else the share that has begun by the last day told."""
    if median is not None and median.is_exact:
        if round(median.amount) <= 1:
            return language.say("La moitié des élèves commence le jour de la remise")
        return language.say("La moitié des élèves commence en {days}", days=spoken_days(language, median.amount))
    days, share = within[-1]
    written = amount(language, share, "share")
    return language.say("En {days}, {share} des élèves ont commencé", days=spoken_days(language, float(days)), share=written)


def weekly(language: Language, found: Change, level: float, first: dt.date, last: dt.date) -> str:
    """Rise, fall, stable or cannot tell, of the share of equipped pupils (`found` in points, `level` a share)."""
    say, months, usual = language.say, between(language, first, last), language.percent(level)
    before, after = language.percent(found.before / 100), language.percent(found.after / 100)
    verdict = "stable" if found.verdict in ("rise", "fall") and abs(found.after - found.before) < LEAST_POINTS else found.verdict
    match verdict:
        case "rise":
            return say(
                "De plus en plus d'élèves chaque semaine : de {before} à {after} {months}", before=before, after=after, months=months
            )
        case "fall":
            return say(
                "De moins en moins d'élèves chaque semaine : de {before} à {after} {months}", before=before, after=after, months=months
            )
        case "stable":
            return say("Chaque semaine, {share} des élèves équipés s'en servent : c'est stable", share=usual)
    return say("Chaque semaine, environ {share} des élèves équipés ; ni hausse ni baisse sûre", share=usual)


def regular(language: Language, overall: Value) -> str:
    """How many are regular among those who have a tablet; levels are not compared, for nothing says how sure a gap would be."""
    return language.say("Parmi les élèves équipés, {share} sont réguliers", share=amount(language, overall, "share"))


def retention(language: Language, month: str, spans: list[tuple[str, Value]]) -> str:
    """What becomes of the pupils who began in `month`: the first span of weeks that is shown beside the last. `spans`: names and shares."""
    (weeks, first), (last_weeks, last) = spans[0], spans[-1]
    said = {"month": month_of(language, month), "first": amount(language, first, "share"), "weeks": weeks}
    if len(spans) == 1:
        return language.say("Premier usage en {month} : {first} d'actifs ({weeks})", **said)
    more = {"last": amount(language, last, "share"), "last_weeks": last_weeks}
    return language.say("Premier usage en {month} : {first} d'actifs ({weeks}), puis {last} ({last_weeks})", **said, **more)


def portal_accounts(language: Language, profile: str, stages: dict[str, Value]) -> str:
    """What the accounts of the first profile shown become. `profile`: student, teacher, relative or personnel."""
    say, known = language.say, {stage: amount(language, value, "share") for stage, value in stages.items() if value.shown}
    owners = account_owners(language, profile)
    if {"active", "regular"} <= known.keys():
        active, often = known["active"], known["regular"]
        return say("ENT : {active} des comptes {owners} ont servi, {regular} régulièrement", owners=owners, active=active, regular=often)
    if "active" in known:
        return say("ENT : {active} des comptes {owners} ont servi", owners=owners, active=known["active"])
    if "activated" in known:
        return say("ENT : {activated} des comptes {owners} ont été ouverts un jour", owners=owners, activated=known["activated"])
    return say("Les comptes de l'ENT")


def account_owners(language: Language, profile: str) -> str:
    """`d'élèves`, `d'enseignants`, `de parents`, `du personnel`, to follow "comptes"."""
    say = language.say
    known = {"student": say("d'élèves"), "teacher": say("d'enseignants"), "relative": say("de parents"), "personnel": say("du personnel")}
    return known[profile]


def portal_frequency(language: Language, none: Value | None, often: Value | None, visits: Value | None) -> str:
    """How many accounts of pupils never come, else how many come every week, else how often those who come do."""
    say = language.say
    if none is not None and none.is_exact:
        return say("Sur l'ENT, {share} des comptes d'élèves n'ont aucune visite", share=amount(language, none, "share"))
    if often is not None and often.is_exact:
        return say("Sur l'ENT, {share} des comptes d'élèves font trois visites par semaine ou plus", share=amount(language, often, "share"))
    if visits is not None and visits.shown:
        return say("Visites de l'ENT par élève venu : {number}", number=amount(language, visits, "number"))
    return say("À quel rythme les élèves viennent sur l'ENT")


def portal_weeks(language: Language, found: Change, level: float, first: dt.date, last: dt.date) -> str:
    """As `weekly`, for the accounts of pupils that visit the portal."""
    say, months, usual = language.say, between(language, first, last), language.percent(level)
    before, after = language.percent(found.before / 100), language.percent(found.after / 100)
    if found.verdict in ("rise", "fall") and abs(found.after - found.before) >= LEAST_POINTS:
        if found.verdict == "rise":
            return say(
                "ENT : de plus en plus d'élèves, de {before} à {after} des comptes {months}", before=before, after=after, months=months
            )
        return say(
            "ENT : de moins en moins d'élèves, de {before} à {after} des comptes {months}", before=before, after=after, months=months
        )
    if found.verdict == "unknown":
        return say("ENT : environ {share} des comptes d'élèves chaque semaine ; ni hausse ni baisse sûre", share=usual)
    return say("ENT : {share} des comptes d'élèves viennent chaque semaine, sans changement", share=usual)


def portal_creation(language: Language, profile: str, share: Value) -> str:
    """In which share of their school weeks the accounts of a profile create something. `profile`: as in `portal_accounts`."""
    owners, written = account_owners(language, profile), amount(language, share, "share")
    return language.say("ENT : les comptes {owners} créent quelque chose dans {share} de leurs semaines", owners=owners, share=written)


def portal_services(language: Language, services: list[tuple[str, Value]]) -> str:
    """The service that pupils open most, unless the first two are level. `services`: names and exact shares, largest first."""
    (name, first), *others = services
    if others and round(others[0][1].amount, 2) == round(first.amount, 2):
        return language.say("Sur l'ENT, plusieurs services à égalité")
    return language.say("En tête sur l'ENT : {service}, {share} des ouvertures", service=name, share=language.percent(first.amount))
