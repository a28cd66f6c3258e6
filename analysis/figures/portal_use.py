"""The school portal (ENT): visits, and time as a lower bound with its sensitivity."""

from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School, Value
from analysis.reports.sentences import titles, words

_TIME = "portal_median_minutes_active_day"


def portal_use(school: School, level: int = 2) -> blocks.Block:
    """How often pupils visit, how long at least, and how that time depends on the silence that ends a visit; else nothing."""
    language = school.language
    share = school.value("portal_share_pupil_days", evidence="estimated")
    if share is None or not share.shown:
        return NOTHING
    return (
        blocks.heading(titles.portal_use(language, share), level)
        + blocks.paragraphs([_text(school, share)])
        + _sensitivity(school)
        + blocks.note(_note(school, share))
    )


def _text(school: School, share: Value) -> str:
    language, say = school.language, school.language.say
    time, visits = school.value(_TIME, evidence="estimated"), school.value("visits_per_visitor", evidence="estimated")
    lines = [say("Une visite a lieu {share} des jours de classe.", share=words.amount(language, share, "share"))]
    if time is not None and time.is_exact:
        spoken = words.spoken_minutes(language, time.amount)
        lines.append(say("Ces jours-là, la durée estimée (borne basse) est de {minutes} (médiane).", minutes=spoken))
    if visits is not None and visits.is_exact:
        lines.append(
            say(
                "Un élève venu fait {visits} visites sur la période.", visits=language.number(visits.amount, 1 if visits.amount < 10 else 0)
            )
        )
    return " ".join(lines)


def _sensitivity(school: School) -> blocks.Block:
    series = school.series(_TIME, "gap", "estimated")
    if not any(value.shown for _, value in series):
        return NOTHING
    language, say = school.language, school.language.say
    header = [say("silence qui clôt une visite"), *(words.minutes(language, float(gap)) for gap, _ in series)]
    cells = [words.cell(school, value, "minutes") for _, value in series]
    return blocks.table(header, [[say("durée estimée (borne basse)"), *cells]], say("La durée estimée selon le silence retenu"))


def _note(school: School, share: Value) -> str:
    language, say = school.language, school.language.say
    counted = words.capital(words.enrolled_pupils(language, share.n) if share.n else say("élèves inscrits"))
    return say(
        "{counted} · l'ENT ne note pas la fin d'une visite : sa durée est estimée entre le premier et le dernier clic.", counted=counted
    )
