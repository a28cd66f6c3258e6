"""The answer, in a box at the top of the report."""

from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import answer as sentences
from analysis.reports.sentences.certainty import certainty


def answer(school: School) -> blocks.Block:
    """One sentence that a parent can repeat, what completes it, and how sure it is: for every school, even one without data."""
    box, sure = blocks.answer(*sentences.answer(school)), certainty(school)
    return blocks.stack(box, blocks.paragraphs([sure])) if sure else box
