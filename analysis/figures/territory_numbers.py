"""Three numbers for the whole territory: the first three, by order of interest, that its data allow."""

from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School, Value
from analysis.reports.sentences import words
from analysis.reports.sentences.systems import kind
from analysis.reports.sentences.territory_verdicts import MEASURED
from analysis.reports.territory import Territory


def territory_numbers(territory: Territory) -> blocks.Block:
    """Up to three large numbers with their few words; nothing when none may be shown."""
    school = territory.whole
    found = [(_written(school, value, unit), text) for value, unit, text in _candidates(school) if value is not None and value.shown][:3]
    return blocks.numbers(found) if found else NOTHING


def _candidates(school: School) -> list[tuple[Value | None, str, str]]:
    say, value = school.language.say, school.value
    return [
        (value("tablets_in_hands"), "tablets", say("tablettes confiées à des élèves")),
        (_used(school), "share", _used_words(school)),
        (
            value("weekly_active_share", "profile", "teacher", "estimated"),
            "share",
            say("des comptes d'enseignants viennent chaque semaine sur l'ENT"),
        ),
        (value("equipped_share"), "share", say("des élèves inscrits ont une tablette à eux")),
        (value("coverage"), "share", say("des jours-tablettes dont les données sont arrivées")),
        (
            value("weekly_active_share", "profile", "student", "estimated"),
            "share",
            say("des comptes d'élèves viennent chaque semaine sur l'ENT"),
        ),
        (value("portal_share_pupil_days"), "share", say("des jours de classe avec une visite de l'ENT")),
    ]


def _used(school: School) -> Value | None:
    value = school.value("share_pupil_days_used")
    return None if value is None or value.evidence == "checkin" else value


def _used_words(school: School) -> str:
    """One kind of tablets only, when there are two that measure."""
    say = school.language.say
    if sum(school.value("share_pupil_days_used", evidence=name) is not None for name in MEASURED) > 1:
        return say("des jours-élèves avec au moins un usage ({kind})", kind=kind(school, school.evidence))
    return say("des jours-élèves avec au moins un usage")


def _written(school: School, value: Value, unit: str) -> str:
    return school.language.number(value.amount) if unit == "tablets" else words.big(school.language, value, unit)
