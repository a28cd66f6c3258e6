"""What the part on adoption begins with: its three numbers, or, without one, the sentence that says why."""

from analysis.figures.adoption_numbers import adoption_numbers
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import adoption_answer


def dossier_adoption(school: School) -> blocks.Block:
    """Never empty: a part without figures says so under its title."""
    row = adoption_numbers(school)
    return blocks.paragraphs([" ".join(adoption_answer.answer(school))]) if row == NOTHING else row
