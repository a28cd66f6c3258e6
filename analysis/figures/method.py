"""Method and limits in ten lines, with the thresholds that these figures were made with."""

from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School


def method(school: School) -> blocks.Block:
    """Ten short points: who is counted, how minutes are, what a visit is, what is withheld."""
    say = school.language.say
    gap = round(school.setting("session_gap_minutes", 30))
    lines = blocks.bullets(
        [
            say(
                "Un jour-élève : un élève inscrit qui a une tablette à lui, un jour où l'école est ouverte. Les jours sans usage comptent."
            ),
            say("Un jour de classe suit le calendrier officiel, la semaine de l'école et les fermetures déclarées."),
            say("Les minutes d'un élève : le temps où une application est devant lui. Deux applications ensemble comptent une fois."),
            say("Une tablette change de mains : ses minutes vont à l'élève qui l'a ce jour-là."),
            say("Des durées connues de façons différentes ne sont jamais additionnées."),
            say("La couverture : la part des jours-tablettes dont une trace est arrivée. Une tablette muette a pu servir."),
            say("Une visite de l'ENT s'arrête après {gap} minutes de silence ; un clic seul dure zéro.", gap=gap),
            say("L'intervalle à 95 % compare les classes : les élèves d'une même classe se ressemblent."),
            say(
                "Un chiffre décrit au moins {threshold} élèves, et leur nombre est arrondi. "
                "Une part trop proche de 0 ou de 100 % est donnée par sa borne.",
                threshold=school.threshold,
            ),
            say("Une tablette allumée ne dit pas ce qu'un élève apprend. Ce rapport ne mesure pas les apprentissages."),
        ]
    )
    start = NOTHING if _is_long(school) else blocks.page_break()
    return start + blocks.heading(say("La méthode en dix lignes")) + lines


def _is_long(school: School) -> bool:
    """A report with minutes per pupil fills its pages; a shorter one has its method on a page of its own."""
    minutes = school.value("minutes_per_pupil_day")
    return minutes is not None and minutes.is_exact
