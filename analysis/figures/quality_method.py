"""How the quality report counts."""

from analysis.reports import blocks
from analysis.reports.sentences import quality
from analysis.reports.territory import Territory


def quality_method(territory: Territory) -> blocks.Block:
    """Ten short points at most: what has arrived, what coverage is, what is set aside, what is not published."""
    say, language = territory.language.say, territory.language
    return blocks.heading(say("La méthode en dix lignes")) + blocks.bullets(
        [
            say("Les données d'une école sont arrivées quand un export parle d'au moins une de ses tablettes dans la période."),
            say("Un jour-tablette : une tablette confiée, un jour de classe. La couverture est la part de ces jours où elle est vue."),
            say("Une tablette vue n'a pas toujours servi. Une tablette muette a pu servir."),
            say(
                "Sous {floor} de couverture, les chiffres d'une école ne sont pas publiés.",
                floor=language.percent(quality.floor(territory)),
            ),
            say("Un chiffre décrit au moins {threshold} élèves.", threshold=territory.whole.threshold),
            say("Une ligne est écartée quand un contrôle échoue : elle ne compte nulle part et rien n'en est perdu."),
            say("Un doublon est une ligne déjà lue, au caractère près : elle compte une fois."),
            say("Une tablette sans titulaire : les journaux la citent, aucune attribution ne la confie à quelqu'un."),
            say("Chaque école est placée près d'une école semblable par l'IPS et la taille. Cet ordre n'est pas un classement."),
            say("Ce rapport compte des fichiers et des lignes. Il ne cite aucun nom de fichier et aucune valeur."),
        ]
    )
