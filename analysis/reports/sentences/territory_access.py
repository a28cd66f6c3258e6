"""Who has a tablet, in words, from school to school."""

from analysis.reports.sentences.territory_verdicts import span_of
from analysis.reports.territory import Territory

NEARLY_ALL = 0.95  # of a school's pupils: from here, the school is equipped


def between_schools(territory: Territory) -> str:
    """In how many schools nearly all pupils have a tablet, and how many only share some; empty when no school's share is known."""
    say, language = territory.language.say, territory.language
    spans = [span for school in territory.schools if (span := span_of(school.value("equipped_share", evidence=""))) is not None]
    if not spans:
        return ""
    over = sum(low >= NEARLY_ALL for low, _ in spans)
    said = say(
        "Écoles où au moins {share} des élèves ont une tablette à eux : {over} sur {known}.",
        share=language.percent(NEARLY_ALL),
        over=language.number(over),
        known=language.number(len(spans)),
    )
    shared = sum(school.has_shared and not school.has_individual for school in territory.schools)
    if not shared:
        return said
    without = language.count(
        "{number} école n'a que des tablettes partagées.", "{number} écoles n'ont que des tablettes partagées.", shared
    )
    return f"{said} {without}"
