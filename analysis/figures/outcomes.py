"""Outcomes: the report shows none, and says so rather than let use stand for learning."""

from analysis.reports import blocks
from analysis.reports.school import School


def outcomes(school: School) -> blocks.Block:
    """One sentence, always: no result of any assessment stands behind this report."""
    say = school.language.say
    return blocks.paragraphs(
        [
            say("Ce rapport ne montre aucun résultat d'évaluation : il ne dit rien des apprentissages.")
            + " "
            + say("Un écart de minutes n'est pas un écart de réussite, et s'en servir plus n'est pas apprendre mieux.")
        ]
    )
