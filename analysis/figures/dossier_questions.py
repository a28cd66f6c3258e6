"""Questions for the meeting, from what the figures say."""

from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import dossier_questions as sentences


def dossier_questions(school: School) -> blocks.Block:
    """A list of one question at least, each with the figure that it rests on."""
    return blocks.bullets(sentences.questions(school))
