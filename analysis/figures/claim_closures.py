"""The claim on closed schools: how often tablet and portal serve on days of closure, beside days of class and other days off."""

from analysis.figures.claim_sheet import sheet_of
from analysis.figures.shares_sheet import Share, drawn
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import territory_claims, territory_titles, words
from analysis.reports.sentences.systems import kind
from analysis.reports.sentences.territory_verdicts import MEASURED, closures
from analysis.reports.territory import Territory


def claim_closures(territory: Territory) -> blocks.Block:
    """The claim, its verdict and the shares of pupil-days with use; the verdict alone when no declared closure has a figure."""
    return sheet_of(territory_claims.closures(territory), _shares(territory.whole), sure=_sure(territory.whole))


def _shares(school: School) -> blocks.Block:
    language, say = school.language, school.language.say
    closed, of_class, off = say("École fermée"), say("Jour de classe"), say("Jour sans classe")
    if not territory_claims.closure_parts(school):
        return NOTHING
    shares = [
        *_tablets(school, "closure_days_used_share", closed),
        Share(say("visite de l'ENT"), school.value("portal_closure_days_share", evidence="estimated"), closed),
        *_tablets(school, "share_pupil_days_used", of_class),
        Share(say("visite de l'ENT"), school.value("portal_share_pupil_days", evidence="estimated"), of_class),
        *_tablets(school, "share_days_off_used", off),
    ]
    note = say(
        "Part des jours-élèves avec au moins un usage. École fermée : jours déclarés par l'école, hors vacances ; pour la tablette, "
        "élèves qui peuvent l'emporter à la maison. Jour sans classe : mercredis, fins de semaine et vacances."
    )
    title = territory_titles.closures(language, closures(school).verdict)
    return drawn(school, title, shares, note, say("Les chiffres : usages quand l'école est fermée"))


def _tablets(school: School, measure: str, group: str) -> list[Share]:
    found = [(name, school.value(measure, evidence=name)) for name in MEASURED]
    return [Share(kind(school, name), value, group) for name, value in found if value is not None]


def _sure(school: School) -> str:
    language, say = school.language, school.language.say
    if not territory_claims.closure_parts(school):
        return ""
    said = say("À quel point est-ce sûr ? Peu de jours sont en cause, et un usage ne prouve pas une leçon.")
    home = school.value("home_minutes_per_pupil_day")
    if home is None or not home.is_exact:
        return said
    minutes = words.spoken_minutes(language, home.amount)
    return f"{said} {say('Un jour de classe, hors des heures de classe, la tablette sert {minutes} par élève.', minutes=minutes)}"
