"""Whom to ask."""

from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School


def contact(school: School) -> blocks.Block:
    """One line with the town's contact; nothing when the configuration has none."""
    who = school.settings.get("contact", "").strip()
    if not who:
        return NOTHING
    return blocks.paragraphs([school.language.say("Une question, une erreur ? Écrire à {contact}.", contact=who)])
