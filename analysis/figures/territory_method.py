"""Method and limits of the territory's report, with the rules of the verdicts and the numbers that they use."""

from analysis.reports import blocks
from analysis.reports.sentences import methods
from analysis.reports.sentences import territory_verdicts as rules
from analysis.reports.territory import Territory


def territory_method(territory: Territory) -> blocks.Block:
    """Ten short points, then one for each verdict."""
    say = territory.language.say
    return blocks.stack(
        blocks.heading(say("La méthode en dix lignes")),
        blocks.bullets(methods.territory(territory.whole)),
        blocks.heading(say("Comment les verdicts sont donnés"), 3),
        blocks.bullets(_verdicts(territory)),
    )


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
