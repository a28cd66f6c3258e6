"""The answer of the adoption report, in a box at its top."""

from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import adoption_answer as sentences


def adoption_answer(school: School) -> blocks.Block:
    """One sentence that a parent can repeat, what completes it, and how sure it is: for every school, even one without data."""
    box, sure = blocks.answer(*sentences.answer(school)), sentences.certainty(school)
    return blocks.stack(box, blocks.paragraphs([sure])) if sure else box
