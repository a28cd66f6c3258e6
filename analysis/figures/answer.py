"""The answer, in a box at the top of the report."""

from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import answer as sentences


def answer(school: School) -> blocks.Block:
    """One sentence that a parent can repeat, then what completes it: for every school, even one without data."""
    return blocks.answer(*sentences.answer(school))
