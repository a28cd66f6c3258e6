"""Three numbers under the answer of the adoption report: the first three, by order of interest, that this school's data allow."""

from analysis.figures.numbers_row import Candidate, row_of
from analysis.reports import blocks
from analysis.reports.school import School, Value
from analysis.reports.sentences.adoption_values import SHARED, accounts, tablets


def adoption_numbers(school: School) -> blocks.Block:
    """Up to three large numbers with their few words; nothing when none may be shown."""
    return row_of(school, candidates(school))


def candidates(school: School) -> list[Candidate]:
    """The numbers on adoption, by order of interest."""
    say = school.language.say
    found = [
        (school.value("equipped_share", evidence=""), say("des élèves inscrits ont une tablette")),
        (tablets(school, "funnel_share", "stage", "regular"), say("des inscrits s'en servent au moins 3 semaines sur 4")),
        (tablets(school, "weekly_active_share"), say("des équipés s'en servent une semaine ordinaire")),
        (_seen(school), say("des jours de classe où une tablette est vue")),
        (tablets(school, "never_used_share", *SHARED), say("des tablettes partagées n'ont jamais servi")),
        (accounts(school, "accounts_active_share", "profile", "student"), say("des comptes d'élèves de l'ENT ont servi")),
        (accounts(school, "weekly_active_share"), say("des comptes d'élèves viennent sur l'ENT chaque semaine")),
    ]
    return [(value, "share", text) for value, text in found]


def _seen(school: School) -> Value | None:
    return school.value("coverage", evidence="checkin") if school.evidence == "checkin" else None
