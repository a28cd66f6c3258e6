"""The answer on outcomes, in a box at the top of the report."""

from analysis.reports import blocks
from analysis.reports.sentences import outcome_answer as sentences
from analysis.reports.territory import Territory


def outcome_answer(territory: Territory) -> blocks.Block:
    """One association with its size and interval, or why nothing can be said; for every territory, even one without results."""
    return blocks.answer(*sentences.answer(territory))
