"""Method and limits of the report on outcomes, in ten lines."""

from analysis.reports import blocks
from analysis.reports.sentences import methods
from analysis.reports.territory import Territory


def outcome_method(territory: Territory) -> blocks.Block:
    """Ten short points: what is compared, how sure it is, what it can never say."""
    return blocks.heading(territory.language.say("La méthode en dix lignes")) + blocks.bullets(methods.outcomes(territory.whole))
