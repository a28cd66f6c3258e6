"""What was announced before the results were known."""

from analysis.reports import blocks
from analysis.reports.sentences import outcome_protocol as sentences
from analysis.reports.territory import Territory


def outcome_protocol(territory: Territory) -> blocks.Block:
    """A few short paragraphs under a heading."""
    return blocks.heading(territory.language.say("Ce qui était annoncé")) + blocks.paragraphs(sentences.lines(territory))
