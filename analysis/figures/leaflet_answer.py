"""The answer of the leaflet, in a box at its top."""

from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import leaflet


def leaflet_answer(school: School) -> blocks.Block:
    """One thing to remember: for every school, even one without data."""
    return blocks.answer(*leaflet.answer(school))
