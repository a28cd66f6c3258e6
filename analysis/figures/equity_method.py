"""Method and limits of the report on equity, in ten lines."""

from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences.equity_groups import is_territory


def equity_method(school: School) -> blocks.Block:
    """Ten short points: how a gap is computed, what an interval is, how groups are known, what is withheld."""
    say = school.language.say
    lines = [
        say("Une minute : une minute d'usage un jour de classe. Les jours sans usage comptent."),
        say("Écart : dans chaque classe, la moyenne d'un groupe moins celle des autres ; puis la moyenne des classes."),
        _units(school),
        say("Ainsi la classe et l'enseignant sont les mêmes des deux côtés : l'écart ne vient pas d'eux."),
        say("L'emport, l'éducation prioritaire et l'IPS comparent des classes ou des écoles entières : d'autres différences s'y mêlent."),
        say("« On ne peut pas dire » : l'intervalle à 95 % contient zéro et va au-delà d'une minute. Peu de classes, intervalle large."),
        say("« Environ un tiers de moins » : l'écart, rapporté aux minutes du groupe moins l'écart."),
        say(
            "Sexe, milieu social et internet à la maison viennent des listes d'élèves de la ville. L'IPS décrit une école, jamais un élève."
        ),
        say(
            "Un chiffre décrit au moins {threshold} élèves, et leur nombre est arrondi. "
            "Une part trop proche de 0 ou de 100 % est donnée par sa borne.",
            threshold=school.threshold,
        ),
        say("Un écart est associé à un groupe ; il n'en dit pas la cause."),
    ]
    start = NOTHING if _is_long(school) else blocks.page_break()
    return start + blocks.heading(say("La méthode en dix lignes")) + blocks.bullets(lines)


def _is_long(school: School) -> bool:
    """A report with minutes per pupil fills its pages; a shorter one has its method on a page of its own."""
    minutes = school.value("minutes_per_pupil_day")
    return minutes is not None and minutes.is_exact


def _units(school: School) -> str:
    if is_territory(school):
        return school.language.say(
            "Son intervalle à 95 % est celui de Student, l'unité étant l'école : les classes d'une école se ressemblent."
        )
    return school.language.say(
        "Son intervalle à 95 % est celui de Student, l'unité étant la classe : les élèves d'une classe se ressemblent."
    )
