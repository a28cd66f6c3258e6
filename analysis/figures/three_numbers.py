"""Three numbers under the answer: the first three, by order of interest, that this school's data allow."""

from analysis.figures.numbers_row import Candidate, row_of
from analysis.reports import blocks
from analysis.reports.school import School, Value


def three_numbers(school: School) -> blocks.Block:
    """Up to three large numbers with their few words; nothing when none may be shown."""
    return row_of(school, candidates(school))


def candidates(school: School) -> list[Candidate]:
    """The numbers on use, by order of interest."""
    say, value = school.language.say, school.value
    return [
        (value("share_pupil_days_used"), "share", say("des jours-élèves avec au moins un usage")),
        (value("median_minutes_active_day"), "minutes", say("les jours où la tablette sert (médiane)")),
        (value("share_pupil_days_over_30"), "share", say("des jours-élèves au-delà de 30 minutes")),
        (_individual_coverage(school), "share", _coverage_words(school)),
        (value("minutes_per_device_day"), "minutes", say("par tablette partagée et par jour de classe")),
        (value("share_device_days_used"), "share", say("des jours où une tablette partagée sert")),
        (value("portal_share_pupil_days"), "share", say("des jours de classe avec une visite de l'ENT")),
        (value("portal_median_minutes_active_day"), "minutes", say("sur l'ENT les jours de visite : durée estimée (borne basse)")),
        (value("visits_per_visitor"), "number", say("visites de l'ENT par élève venu")),
    ]


def _individual_coverage(school: School) -> Value | None:
    return school.coverage if school.has_individual else None


def _coverage_words(school: School) -> str:
    if school.evidence == "checkin":
        return school.language.say("des jours de classe où une tablette est vue")
    return school.language.say("des jours-tablettes dont les données sont arrivées")
