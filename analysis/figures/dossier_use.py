"""What the part on use begins with: its three numbers, or, without one, the sentence that says why."""

from analysis.figures.sheet import NOTHING
from analysis.figures.three_numbers import three_numbers
from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import answer


def dossier_use(school: School) -> blocks.Block:
    """Never empty: a part without figures says so under its title."""
    row = three_numbers(school)
    return blocks.paragraphs([" ".join(answer.answer(school))]) if row == NOTHING else row
