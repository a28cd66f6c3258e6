"""What a report does not show, and why: one sentence for each absence."""

from analysis.reports.school import School, Value
from analysis.reports.sentences import systems, withheld, words

_NO_DURATION = "checkin"
_PORTAL = ("portal_share_pupil_days", "portal_median_minutes_active_day", "visits_per_visitor")
_PARTS = {
    # what this report reads: measures (by the start of their names) and breakdowns
    "all": ("minutes_per_pupil_day", "share_", "median_", "q1_", "q3_", "minutes_per_d", "coverage"),
    "level": ("minutes_per_pupil_day",),
    "week": ("q1_", "median_", "q3_", "coverage"),
    "weekday": ("minutes_per_pupil_day",),
    "app_category": ("share_app_minutes",),
}


def absent(school: School) -> list[str]:
    """The absences of this school's report, the largest first; empty when nothing is missing."""
    said = [_pupils(school), _durations(school), _hours(school), _similar(school), _portal(school), *_withheld(school)]
    return [sentence for sentence in said if sentence]


def _pupils(school: School) -> str:
    say = school.language.say
    if school.has_individual:
        return ""
    if school.has_shared:
        return say("Usage par élève : les tablettes de cette école sont partagées, aucune n'est à un élève.")
    return say("Usage par élève : aucune tablette confiée à un élève n'est connue sur cette période.")


def _durations(school: School) -> str:
    say = school.language.say
    if _NO_DURATION in (school.evidence, "" if school.has_individual else school.shared_evidence):
        return say("Minutes, moments, niveaux et applications : {known}.", known=systems.when_seen(school))
    if school.has_individual and not school.evidence:
        return say("Minutes par élève : aucun export des tablettes n'est arrivé pour cette période.")
    if not school.has_individual and school.has_shared and not school.shared_evidence:
        return say("Minutes par tablette : aucun export des tablettes partagées n'est arrivé pour cette période.")
    return ""


def _hours(school: School) -> str:
    if school.evidence == "foreground" and systems.are_days_alone(school):
        return school.language.say("Moments et sortes d'applications : ces exports donnent des minutes par jour, sans les heures.")
    if school.evidence == "network":
        return school.language.say("Moments et applications : le réseau ne montre que des minutes sur des sites pour la classe.")
    if school.evidence != "active":
        return ""
    say = school.language.say
    if school.system() != "chromebook":
        return say("Moments et applications : ces durées d'activité ne disent pas quelle application sert.")
    return say("Moments et applications : un Chromebook donne une durée par jour, sans les heures ni les applications.")


def _similar(school: School) -> str:
    mean = school.value("minutes_per_pupil_day")
    if mean is None or not mean.is_exact or school.series("minutes_per_pupil_day", "similar_schools"):
        return ""
    return school.language.say("Écoles comparables : moins de cinq écoles proches ont des données de même nature.")


def _portal(school: School) -> str:
    if school.value("portal_share_pupil_days") is not None:
        return ""
    return school.language.say("ENT : aucun export de l'ENT ne couvre cette école sur cette période.")


def _withheld(school: School) -> list[str]:
    """What is withheld of the figures of this report, by reason."""
    return withheld.sentences(school, lambda reason: _parts(school, reason))


def _cells(school: School) -> list[tuple[str, Value]]:
    """The values that this report reads, each with the part that it belongs to: `portal` or a breakdown."""
    found = list[tuple[str, Value]]()
    for (measure, breakdown, _, _), value in school.cells.items():
        if measure in _PORTAL and breakdown in ("all", "gap"):
            found.append(("portal", value))
        elif measure.startswith(_PARTS.get(breakdown, ())):
            found.append((breakdown, value))
    return found


def _parts(school: School, reason: str) -> str:
    """Which parts of the report a reason empties: `usage de l'ENT, certaines semaines et certains niveaux`."""
    say = school.language.say
    found = {part for part, value in _cells(school) if not value.shown and value.reason == reason}
    names = {
        "all": say("usage des tablettes"),
        "level": say("certains niveaux"),
        "week": say("certaines semaines"),
        "weekday": say("certains jours de la semaine"),
        "app_category": say("certaines sortes d'applications"),
    }
    if reason == "floor":
        weeks = [names[breakdown] for breakdown in ("week", "weekday") if breakdown in found]
        return words.listed(school.language, [*([say("médianes et quartiles")] if found - {"weekday"} else []), *weeks])
    whole = reason in ("small", "steady", "coverage")  # the other reasons hide one figure of many
    parts = (
        [names["all"] if whole else say("une part de l'usage des tablettes")]
        if "all" in found
        else [name for breakdown, name in names.items() if breakdown in found]
    )
    return words.listed(school.language, [*parts, *([say("usage de l'ENT")] if "portal" in found else [])])
