"""How the quality report counts."""

from analysis.reports import blocks
from analysis.reports.sentences import methods
from analysis.reports.territory import Territory


def quality_method(territory: Territory) -> blocks.Block:
    """Ten short points at most: what has arrived, what coverage is, what is set aside, what is not published."""
    title = territory.language.say("La méthode en dix lignes")
    return blocks.heading(title) + blocks.bullets(methods.quality(territory.whole))
