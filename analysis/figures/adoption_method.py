"""The adoption report's method and limits in ten lines."""

from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences.adoption_values import accounts, is_shown, tablets


def adoption_method(school: School) -> blocks.Block:
    """Ten short points: what each word means, how it is counted, what it does not say."""
    say = school.language.say
    lines = [
        say("Équipé : un élève inscrit a une tablette à lui. Activé : il s'en est servi au moins une fois."),
        say("Actif : il s'en sert cinq minutes ou plus, au moins un jour de classe de la période."),
        say("Régulier : actif, et un usage au moins un jour de classe dans 75 % de ses semaines de classe."),
        say("Une semaine de classe compte pour un élève s'il est inscrit et équipé au moins un de ses jours de classe."),
        say("Premier usage : les élèves qui ont peu de recul comptent tant qu'on les suit (méthode de Kaplan-Meier)."),
        say("Semaines d'usage : les élèves sont groupés par mois de premier usage, puis suivis de semaine en semaine."),
        say("ENT : une visite s'arrête après {gap} minutes de silence.", gap=round(school.setting("session_gap_minutes", 30))),
        say("Formation : chaque classe se compare à elle-même, avant et après la séance ; l'intervalle compare les classes."),
        say(
            "Un chiffre décrit au moins {threshold} élèves, et leur nombre est arrondi. "
            "Une part trop proche de 0 ou de 100 % est donnée par sa borne.",
            threshold=school.threshold,
        ),
        say("Une tablette allumée ne dit pas ce qu'un élève apprend. Ce rapport ne mesure pas les apprentissages."),
    ]
    start = NOTHING if _is_long(school) else blocks.page_break()
    return start + blocks.heading(say("La méthode en dix lignes")) + blocks.bullets(lines)


def _is_long(school: School) -> bool:
    """A report with figures fills its pages; one without has its method on a page of its own."""
    values = (tablets(school, "funnel_share", "stage", "regular"), accounts(school, "accounts_active_share", "profile", "student"))
    return any(is_shown(value) for value in values)
