"""Method and limits of the territory's report, with the rules of the verdicts and the numbers that they use."""

from analysis.reports import blocks
from analysis.reports.sentences import territory_verdicts as rules
from analysis.reports.territory import Territory


def territory_method(territory: Territory) -> blocks.Block:
    """Ten short points, then one for each verdict."""
    say = territory.language.say
    return blocks.stack(
        blocks.heading(say("La méthode en dix lignes")),
        blocks.bullets(_method(territory)),
        blocks.heading(say("Comment les verdicts sont donnés"), 3),
        blocks.bullets(_verdicts(territory)),
    )


def _method(territory: Territory) -> list[str]:
    say, whole = territory.language.say, territory.whole
    return [
        say("Un jour-élève : un élève inscrit qui a une tablette à lui, un jour où l'école est ouverte. Les jours sans usage comptent."),
        say("Un jour de classe suit le calendrier officiel, la semaine de l'école et les fermetures déclarées."),
        say("Les minutes d'un élève : le temps où une application est devant lui. Deux applications ensemble comptent une fois."),
        say("Des durées connues de façons différentes ne sont jamais additionnées."),
        say(
            "Une école dont la couverture est sous {floor} n'entre pas dans les chiffres du territoire.",
            floor=territory.language.percent(whole.setting("coverage_floor", 0.5)),
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


def _verdicts(territory: Territory) -> list[str]:
    say, percent = territory.language.say, territory.language.percent
    most, rare = percent(rules.MOST), percent(rules.RARE)
    return [
        say(
            "Minutes par jour. Confirmé : au moins {most} des jours-élèves de 5 à 30 minutes, et {rare} au plus au-delà. "
            "En partie : l'un des deux, ou deux sortes de tablettes en désaccord. Pas confirmé : aucun des deux.",
            most=most,
            rare=rare,
        ),
        say(
            "Enseignants. Confirmé : au moins {most} des comptes réguliers. En partie : au moins {most} actifs. Pas confirmé : moins.",
            most=most,
        ),
        say(
            "Même traitement. L'équipement diffère si deux parts s'écartent de {points} points ; l'usage, si l'intervalle d'un écart "
            "exclut zéro ou si les écoles font au moins {between} de l'inégalité, au-delà du hasard. Confirmé : ni l'un ni l'autre. "
            "En partie : l'un seulement.",
            points=round(100 * rules.LEAST_GAP),
            between=percent(rules.LEAST_BETWEEN),
        ),
        say(
            "École fermée. Confirmé : au moins {most} des jours-élèves de fermeture avec un usage (tablette ou ENT). "
            "En partie : plus de {rare}. Pas confirmé : {rare} au plus.",
            most=most,
            rare=rare,
        ),
        say(
            "On ne peut pas dire : le chiffre manque, ou il est publié comme une borne, "
            "ou son intervalle laisse les deux réponses possibles."
        ),
    ]
