"""The tablets themselves: silent, never used, second lives, repairs, returns."""

from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import adoption_tablets as sentences


def tablets_state(school: School, level: int = 2) -> blocks.Block:
    """A heading that says the finding and a line for each fact; nothing without one."""
    lines = sentences.sentences(school)
    if not lines:
        return NOTHING
    note = school.language.say(
        "Muette : aucune trace de la tablette. Elle est éteinte, rangée, perdue ou hors réseau ; on ne sait pas laquelle."
    )
    return blocks.heading(sentences.title(school), level) + blocks.bullets(lines) + blocks.note(note)
