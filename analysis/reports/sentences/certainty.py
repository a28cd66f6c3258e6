"""How sure the main figure is: its margin from class to class, and how much of the data arrived."""

from analysis.reports.school import School, Value
from analysis.reports.sentences.words import amount


def certainty(school: School) -> str:
    """What a reader should know before repeating the minutes per pupil and day; empty where the report gives none."""
    value = school.value("minutes_per_pupil_day")
    if value is None or not value.is_exact:
        return ""
    return " ".join(filter(None, (_margin(school, value), arrived(school))))


def arrived(school: School) -> str:
    """How much of the tablets' data arrived; empty where it may not be said."""
    coverage = school.coverage
    if coverage is None or not coverage.shown:
        return ""
    return school.language.say(
        "Les données de {share} des jours-tablettes sont arrivées.", share=amount(school.language, coverage, "share")
    )


def _margin(school: School, value: Value) -> str:
    language, say = school.language, school.language.say
    if value.low is None or value.high is None:
        return say("Une seule classe : la marge de ce chiffre ne se calcule pas.")
    return say(
        "À quel point est-ce sûr ? Avec d'autres classes semblables, la moyenne irait de {low} à {high} (intervalle à 95 %).",
        low=language.number(value.low),
        high=language.minutes(value.high),
    )
