"""How each kind of report counts and what it does not say, in ten lines: the last part of the reports, and the portal's page on method."""

from collections.abc import Mapping

from analysis.reports.language import Language
from analysis.reports.published import TERRITORY
from analysis.reports.school import School


def usage(school: School) -> list[str]:
    """Who is counted, how minutes are, what a visit is, what is withheld."""
    say = school.language.say
    gap = round(school.setting("session_gap_minutes", 30))
    return [
        pupil_day(school.language),
        say("Un jour de classe suit le calendrier officiel, la semaine de l'école et les fermetures déclarées."),
        say("Les minutes d'un élève : le temps où une application est devant lui. Deux applications ensemble comptent une fois."),
        say("Une tablette change de mains : ses minutes vont à l'élève qui l'a ce jour-là."),
        say("Des durées connues de façons différentes ne sont jamais additionnées."),
        coverage(school.language),
        say("Une visite de l'ENT s'arrête après {gap} minutes de silence ; un clic seul dure zéro.", gap=gap),
        say("L'intervalle à 95 % compare les classes : les élèves d'une même classe se ressemblent."),
        say(
            "Un chiffre décrit au moins {threshold} élèves, et leur nombre est arrondi. "
            "Une part trop proche de 0 ou de 100 % est donnée par sa borne.",
            threshold=school.threshold,
        ),
        say("Une tablette allumée ne dit pas ce qu'un élève apprend. Ce rapport ne mesure pas les apprentissages."),
    ]


def adoption(school: School) -> list[str]:
    """What each word means, how it is counted, what it does not say."""
    say = school.language.say
    return [
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


def equity(school: School) -> list[str]:
    """How a gap is computed, what an interval is, how groups are known, what is withheld."""
    say = school.language.say
    return [
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


def territory(whole: School) -> list[str]:
    """What is counted of all schools together. `whole` is the territory."""
    say = whole.language.say
    return [
        pupil_day(whole.language),
        say("Un jour de classe suit le calendrier officiel, la semaine de l'école et les fermetures déclarées."),
        say("Les minutes d'un élève : le temps où une application est devant lui. Deux applications ensemble comptent une fois."),
        say("Des durées connues de façons différentes ne sont jamais additionnées."),
        say(
            "Une école dont la couverture est sous {floor} n'entre pas dans les chiffres du territoire.",
            floor=whole.language.percent(whole.setting("coverage_floor", 0.5)),
        ),
        say(
            "Une visite de l'ENT s'arrête après {gap} minutes de silence ; un clic seul dure zéro.",
            gap=round(whole.setting("session_gap_minutes", 30)),
        ),
        say("Un écart entre élèves se mesure dans une même classe ; un écart entre écoles, sur les moyennes des écoles."),
        say("L'intervalle à 95 % compte les écoles ou les classes, jamais les élèves un par un : ceux d'une classe se ressemblent."),
        say(
            "Un chiffre décrit au moins {threshold} personnes, et leur nombre est arrondi. "
            "Une part trop proche de 0 ou de 100 % est donnée par sa borne.",
            threshold=whole.threshold,
        ),
        say("Les écoles sont rangées par ressemblance (IPS, taille). L'ordre ne dit rien de leur usage."),
    ]


def quality(whole: School) -> list[str]:
    """What has arrived, what coverage is, what is set aside, what is not published. `whole` is the territory."""
    say = whole.language.say
    return [
        say("Les données d'une école sont arrivées quand un export parle d'au moins une de ses tablettes dans la période."),
        say("Un jour-tablette : une tablette confiée, un jour de classe. La couverture est la part de ces jours où elle est vue."),
        say("Une tablette vue n'a pas toujours servi. Une tablette muette a pu servir."),
        say(
            "Sous {floor} de couverture, les chiffres d'une école ne sont pas publiés.",
            floor=whole.language.percent(whole.setting("coverage_floor", 0.5)),
        ),
        say("Un chiffre décrit au moins {threshold} élèves.", threshold=whole.threshold),
        say("Une ligne est écartée quand un contrôle échoue : elle ne compte nulle part et rien n'en est perdu."),
        say("Un doublon est une ligne déjà lue, au caractère près : elle compte une fois."),
        say("Une tablette sans titulaire : les journaux la citent, aucune attribution ne la confie à quelqu'un."),
        say("Chaque école est placée près d'une école semblable par l'IPS et la taille. Cet ordre n'est pas un classement."),
        say("Ce rapport compte des fichiers et des lignes. Il ne cite aucun nom de fichier et aucune valeur."),
    ]


def outcomes(whole: School) -> list[str]:
    """What is compared with what, how sure it is, and what no such comparison can say. `whole` is the territory."""
    say = whole.language.say
    return [
        say("Le progrès : le résultat d'un élève, comparé à celui que son résultat d'avant et son niveau font attendre."),
        say("Les minutes : celles de ses jours de classe entre les deux tests ; les jours sans usage comptent."),
        say("À classe égale : chaque élève est comparé à ceux de sa classe. La classe et l'enseignant sont les mêmes des deux côtés."),
        say("Entre classes : les moyennes des classes. L'enseignant choisit l'usage : tout ce qui fait une classe s'y mêle."),
        say("Le modèle : élèves dans des classes, dans des écoles, avec l'IPS de l'école là où il est connu de toutes."),
        say("Chaque calcul est refait par plusieurs méthodes ; si elles ne donnent pas le même résultat, aucun n'est montré."),
        say("Hasard seul : plus on regarde de résultats, plus le hasard en fait paraître ; hors du principal, le calcul en tient compte."),
        say("Lien visible dès : plus petit lien que ces données auraient trouvé quatre fois sur cinq."),
        say(
            "Un chiffre décrit au moins {threshold} élèves, et leur nombre est arrondi. "
            "Une part trop proche de 0 ou de 100 % est donnée par sa borne.",
            threshold=whole.threshold,
        ),
        say("Une association n'est pas un effet : qui se sert plus de la tablette diffère peut-être par ailleurs."),
    ]


def pupil_day(language: Language) -> str:
    """What is counted of use."""
    return language.say(
        "Un jour-élève : un élève inscrit qui a une tablette à lui, un jour où l'école est ouverte. Les jours sans usage comptent."
    )


def coverage(language: Language) -> str:
    """What has arrived of it."""
    return language.say("La couverture : la part des jours-tablettes dont une trace est arrivée. Une tablette muette a pu servir.")


def told_once(parts: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Several methods on one page: a line that they share stands in the first of them."""
    taken: set[str] = set()
    kept = dict[str, list[str]]()
    for name, lines in parts.items():
        kept[name] = [line for line in lines if line not in taken]
        taken.update(lines)
    return kept


def _units(school: School) -> str:
    if school.uai == TERRITORY:
        return school.language.say(
            "Son intervalle à 95 % est celui de Student, l'unité étant l'école : les classes d'une école se ressemblent."
        )
    return school.language.say(
        "Son intervalle à 95 % est celui de Student, l'unité étant la classe : les élèves d'une classe se ressemblent."
    )
