"""Method and limits of the three parts of the dossier."""

from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import methods


def dossier_method(school: School) -> blocks.Block:
    """The methods of the reports on use, adoption and equity; a line that they share stands once."""
    say = school.language.say
    told = methods.told_once(
        {
            say("L'usage"): methods.usage(school),
            say("L'adoption"): methods.adoption(school),
            say("L'équité"): methods.equity(school),
        }
    )
    parts = [blocks.heading(title, 3) + blocks.bullets(lines) for title, lines in told.items()]
    return blocks.stack(blocks.heading(say("La méthode")), *parts)
