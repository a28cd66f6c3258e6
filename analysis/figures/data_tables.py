"""The numbers of all figures, as tables, at the end of the printed report."""

from analysis.reports import blocks
from analysis.reports.school import School


def data_tables(school: School) -> blocks.Block:
    """Where the PDF prints the tables; the HTML has each under its figure."""
    return blocks.figure_tables(school.language.say("Les chiffres des figures"))
