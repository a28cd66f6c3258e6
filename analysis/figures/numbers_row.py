"""What the rows of large numbers share: of the numbers by order of interest, the first that may be shown."""

from collections.abc import Sequence

from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School, Value
from analysis.reports.sentences import words

MOST = 3
Candidate = tuple[Value | None, str, str]  # the value, its unit (share, minutes or number), its few words


def row_of(school: School, candidates: Sequence[Candidate]) -> blocks.Block:
    """The first three that may be shown, side by side; nothing when none may."""
    found = [(value, unit, text) for value, unit, text in candidates if value is not None and value.shown][:MOST]
    if not found:
        return NOTHING
    return blocks.numbers([(words.big(school.language, value, unit), text) for value, unit, text in found])
