"""The answer of the quality report: whose data arrived."""

from analysis.reports import blocks
from analysis.reports.sentences import quality
from analysis.reports.territory import Territory


def quality_answer(territory: Territory) -> blocks.Block:
    """The answer in a box, then up to three large numbers."""
    box, found = blocks.answer(*quality.answer(territory)), quality.numbers(territory)
    return blocks.stack(box, blocks.numbers(found)) if found else box
