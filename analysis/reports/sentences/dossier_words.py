"""The glossary of the dossier: the words of its figures, for a reader who has not come to the method yet."""

from analysis.reports.school import School
from analysis.reports.sentences import methods


def glossary(school: School) -> list[str]:
    """One line for each word, `Mot : sa définition.`; first those that the figures count."""
    say = school.language.say
    return [
        methods.pupil_day(school.language),
        methods.coverage(school.language),
        say("Au plus, au moins : une borne. Le vrai chiffre est trop près de 0 ou de 100 % pour être publié sans désigner quelqu'un."),
        say("Écoles comparables : celles du territoire les plus proches par l'IPS et par la taille. Ce n'est pas un classement."),
        say("ENT : l'espace numérique de travail, le site où l'école, les élèves et les familles échangent."),
        say("Intervalle à 95 % : là où le chiffre se trouverait presque toujours avec d'autres classes semblables. Large : peu sûr."),
        say("IPS : l'indice de position sociale, qui décrit le milieu des familles d'une école entière, jamais celui d'un élève."),
        say("Médiane : la moitié des valeurs est en dessous, l'autre moitié au-dessus. Quelques cas extrêmes ne la changent pas."),
        say("Moitié centrale : ce qui reste sans le quart le plus bas et le quart le plus haut."),
        say("Muette : une tablette dont aucune trace n'arrive. Elle est éteinte, rangée, perdue ou hors réseau."),
        say("Non publié : un chiffre que Cartable connaît et garde, parce qu'il parlerait de trop peu d'élèves."),
        say("Tablette partagée : une tablette de classe ou de chariot, que plusieurs élèves tiennent tour à tour."),
    ]
