"""What one would like to know of results, and why the data cannot say it."""

from analysis.reports.language import Language
from analysis.reports.school import Row
from analysis.reports.territory import Territory


def rows(territory: Territory) -> list[list[str]]:
    """One row for each question: the question, yes or no, what stands in the way or how far the answer goes."""
    language = territory.language
    return [[_asked(language)[str(row["question"])], _answered(language, row), _why(language, row)] for row in territory.questions]


def refusal(language: Language, reason: str) -> str:
    """Why a question has no answer, as one sentence; `reason` is that of `marts.question`. Raises KeyError for one that has no words."""
    return _refusals(language)[reason]


def _asked(language: Language) -> dict[str, str]:
    say = language.say
    return {
        "within": say("À classe égale, les élèves qui se servent plus de la tablette progressent-ils autrement ?"),
        "between": say("Les classes qui s'en servent plus progressent-elles autrement ?"),
        "adoption": say("Les résultats ont-ils changé avec l'arrivée des tablettes ?"),
        "cause": say("La tablette fait-elle mieux apprendre ?"),
    }


def _answered(language: Language, row: Row) -> str:
    return language.say("oui") if row["is_answered"] else language.say("non")


def _why(language: Language, row: Row) -> str:
    if not row["is_answered"]:
        return refusal(language, str(row["reason"]))
    say = language.say
    return {
        "within": say("Une association, entre élèves d'une même classe, avec ce qu'ils savaient avant."),
        "between": say("Une association, entre classes : l'enseignant et l'école s'y mêlent."),
        "adoption": say("Une comparaison avec des écoles sans tablettes, avant et après."),
    }[str(row["question"])]


def _refusals(language: Language) -> dict[str, str]:
    say = language.say
    return {
        "no results": say("Aucun résultat d'élèves n'est arrivé pour cette période."),
        "only groups": say("Les résultats arrivés sont ceux de classes ou d'écoles entières : ils ne suivent aucun élève."),
        "no earlier result": say("Aucun résultat plus ancien ne dit d'où partaient les élèves."),
        "no minutes": say("Les minutes de ces élèves ne sont pas mesurées, ou trop peu de leurs tablettes ont été vues."),
        "no assignment": say("Personne n'a tiré au sort qui reçoit une tablette, et quand : aucune de ces données ne peut le dire."),
        "no plan": say("Aucun protocole ne dit quelles écoles ou quels niveaux ont reçu des tablettes, et quand."),
    }
