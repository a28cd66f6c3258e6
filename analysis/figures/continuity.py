"""Use when the school is closed, at home, and on days without class."""

from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import adoption_continuity as sentences


def continuity(school: School) -> blocks.Block:
    """A heading that says the finding and a sentence for each kind of day; nothing when none may be told."""
    if not sentences.is_known(school):
        return NOTHING
    say = school.language.say
    note = say("Un jour-élève emporté : un élève qui peut rapporter sa tablette chez lui, un jour. Une tablette muette a pu servir.")
    return blocks.heading(sentences.title(school)) + blocks.bullets(sentences.sentences(school)) + blocks.note(note)
