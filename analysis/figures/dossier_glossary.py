"""The words of the dossier that a reader may not know."""

from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences.dossier_words import glossary


def dossier_glossary(school: School) -> blocks.Block:
    """One line for each word."""
    return blocks.bullets(glossary(school))
