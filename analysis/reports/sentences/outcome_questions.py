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
        "too few classes": say("Trop peu de classes ont à la fois des résultats et des minutes : huit au moins."),
        "too few groups": say("Trop peu de classes ont à la fois des résultats et des minutes : huit au moins."),
        "too few degrees of freedom": say("Trop peu de classes pour séparer l'usage de ce qui fait chaque école."),
        "minutes vary in too few classes": say(
            "Les élèves d'une même classe se servent presque autant de la tablette, sauf dans trop peu de classes."
        ),
        "no spread of minutes": say("Tous se servent presque autant de la tablette : il n'y a rien à comparer."),
        "no spread of outcomes": say("Tous ont presque le même résultat : il n'y a rien à comparer."),
        "no spread of prior scores": say("Tous avaient presque le même résultat avant : rien ne dit d'où chacun partait."),
        "no spread of pupils": say("L'écart-type des élèves (sd_score) manque : un écart entre classes ou écoles n'a pas d'échelle."),
        "columns repeat one another": say(
            "Les niveaux, les écoles et les résultats d'avant se confondent : le calcul ne peut pas les séparer."
        ),
        "optimisers disagree": say("Les méthodes de calcul ne donnent pas le même résultat : aucun n'est sûr."),
        "no results of schools": say("Aucun résultat d'école des tests que le protocole annonce n'est arrivé."),
        "nobody without tablets": say(
            "Toutes ces écoles ont des tablettes : il ne reste personne à qui les comparer. Il faut les résultats d'écoles sans tablettes."
        ),
        "too few schools": say("Une seule école d'un des deux côtés : personne ne peut dire combien des écoles diffèrent."),
        "no never-treated unit": say("Aucune école sans tablettes n'a de résultats toutes les années."),
        "no treated unit": say("Aucune école équipée n'a de résultats toutes les années."),
        "no cohort with a period before": say("Aucun résultat n'est plus ancien que les tablettes."),
        "one period only": say("Les résultats d'une seule année sont arrivés."),
        "no plan": say("Aucun protocole ne dit quelles écoles ou quels niveaux ont reçu des tablettes, et quand."),
    }
