"""What the report of a territory does not show, and why: one sentence for each absence, then what no report of this kind can say."""

from analysis.reports.school import School
from analysis.reports.sentences import territory_verdicts as rules
from analysis.reports.sentences import withheld
from analysis.reports.sentences.territory_social import FEWEST
from analysis.reports.sentences.words import enumerated
from analysis.reports.territory import Territory


def absent(territory: Territory) -> list[str]:
    """The absences of this report, in its order."""
    whole = territory.whole
    said = [
        _minutes(whole),
        _seen(territory, "ipad"),
        _seen(territory, ""),
        _teachers(whole),
        _relatives(whole),
        _groups(whole),
        _support(whole),
        _closures(whole),
        _slope(whole),
        _plan(whole),
    ]
    return [*filter(None, said), *_withheld(whole), *_never(whole)]


def _minutes(school: School) -> str:
    if any(school.value("share_pupil_days_used", evidence=name) is not None for name in rules.MEASURED):
        return ""
    return school.language.say("Minutes par élève : aucun export de tablettes ne donne de durée sur cette période.")


def _seen(territory: Territory, system: str) -> str:
    """Schools whose devices only check in: those of iPads, then the others."""
    seen = [school for school in territory.schools if school.evidence == "checkin"]
    number = sum((school.system() == "ipad") == (system == "ipad") for school in seen)
    if not number:
        return ""
    if system != "ipad":
        return territory.language.count(
            "Minutes de {number} école : l'outil de gestion y dit quand un appareil est vu, jamais combien de temps il sert.",
            "Minutes de {number} écoles : l'outil de gestion y dit quand un appareil est vu, jamais combien de temps il sert.",
            number,
        )
    return territory.language.count(
        "Minutes de {number} école équipée d'iPad : un iPad dit quand il est vu, jamais combien de temps il sert.",
        "Minutes de {number} écoles équipées d'iPad : un iPad dit quand il est vu, jamais combien de temps il sert.",
        number,
    )


def _teachers(school: School) -> str:
    if school.value("accounts_active_share", "profile", "teacher", "estimated") is not None:
        return ""
    return school.language.say("ENT des enseignants : aucun export de l'ENT avec leur profil sur cette période.")


def _relatives(school: School) -> str:
    if school.value("accounts_active_share", "profile", "relative", "estimated") is not None:
        return ""
    return school.language.say("ENT des parents : aucun export de l'ENT avec leur profil sur cette période.")


def _groups(school: School) -> str:
    """The traits that the rosters lack."""
    say = school.language.say
    names = {
        "sex": say("filles et garçons"),
        "social_band": say("milieu social"),
        "home_internet": say("internet à la maison"),
        "rep": say("éducation prioritaire"),
    }
    missing = [name for trait, name in names.items() if not school.series("gap_minutes", trait)]
    if not missing:
        return ""
    return say("Écarts d'usage sans chiffre (absents des listes, ou sans minutes) : {traits}.", traits=enumerated(school.language, missing))


def _support(school: School) -> str:
    if school.series("gap_minutes", "support"):
        return ""
    return school.language.say("Élèves accompagnés par un plan : non publié, ou absent des listes.")


def _closures(school: School) -> str:
    if any(span is not None for span in rules.closure_spans(school).values()):
        return ""
    return school.language.say("Jours de fermeture : aucune fermeture déclarée, ou aucun chiffre publié ces jours-là.")


def _slope(school: School) -> str:
    found = school.value("sii_minutes")
    if found is not None and found.is_exact:
        return ""
    return school.language.say("Lien avec l'IPS : il faut au moins {fewest} écoles qui ont un IPS et des minutes.", fewest=FEWEST)


def _plan(school: School) -> str:
    if school.value("tablets_planned") is not None:
        return ""
    return school.language.say("Plan de déploiement : la configuration n'en donne pas pour cette année.")


def _withheld(school: School) -> list[str]:
    """The reasons for which a figure of the territory is withheld."""
    reasons, parts = {value.reason for value in school.cells.values() if not value.shown}, school.language.say("des chiffres du territoire")
    return withheld.sentences(school, lambda reason: parts if reason in reasons else "")


def _never(school: School) -> list[str]:
    """What such data cannot say, whatever arrives."""
    say = school.language.say
    return [
        say("L'IPS décrit une école. Rien ici ne l'attribue à un élève, et rien ne dit le milieu d'un élève par son école."),
        say("Ce que les élèves apprennent : ce rapport compte des usages. Il ne mesure aucun apprentissage."),
        say("Pourquoi une école utilise plus qu'une autre : un écart est constaté, sa cause ne l'est pas."),
        say("Quelle école fait mieux : un usage plus long n'est pas un meilleur usage."),
    ]
