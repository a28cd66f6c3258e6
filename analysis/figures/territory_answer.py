"""The answer for the whole territory, in a box at the top of its report."""

from analysis.reports import blocks
from analysis.reports.sentences import territory_answer as sentences
from analysis.reports.territory import Territory


def territory_answer(territory: Territory) -> blocks.Block:
    """What pupils do and how many of the claims hold, then how sure it is: for every territory, even one without data."""
    return blocks.answer(*sentences.answer(territory)) + blocks.paragraphs([sentences.sureness(territory)])
