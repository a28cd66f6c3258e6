"""Why parts of a report are withheld: the sentences that every report shares. `parts` names them: `usage de l'ENT et certains niveaux`."""

from analysis.reports.school import School


def few_pupils(school: School, parts: str) -> str:
    """Fewer pupils than the threshold."""
    return school.language.say("Moins de {threshold} élèves : {parts}.", threshold=school.threshold, parts=parts)


def little_data(school: School, parts: str) -> str:
    """Coverage under the floor."""
    floor = school.language.percent(school.setting("coverage_floor", 0.5))
    return school.language.say("Données insuffisantes, moins de {floor} des jours-tablettes : {parts}.", floor=floor, parts=parts)


def protects_another(school: School) -> str:
    """Hidden so that a neighbour stays hidden."""
    return school.language.say("Un chiffre au moins est retenu, pour qu'un autre ne se devine pas par soustraction.")
