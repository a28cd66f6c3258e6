"""The answer on equity, in a box at the top of the report."""

from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import equity_answer as sentences
from analysis.reports.sentences import words


def equity_answer(school: School) -> blocks.Block:
    """The two gaps that matter most, how sure they are, and how they are known: for every school, even one without data."""
    box, sure = blocks.answer(*sentences.answer(school)), sentences.certainty(school)
    if not sure:
        return box
    basis = words.basis(school, school.value("minutes_per_pupil_day"), brief=False)
    return blocks.stack(box, blocks.paragraphs([sure]), blocks.note(words.capital(basis)))
