"""Method and limits of the report on equity, in ten lines."""

from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import methods


def equity_method(school: School) -> blocks.Block:
    """Ten short points: how a gap is computed, what an interval is, how groups are known, what is withheld."""
    start = NOTHING if _is_long(school) else blocks.page_break()
    return start + blocks.heading(school.language.say("La méthode en dix lignes")) + blocks.bullets(methods.equity(school))


def _is_long(school: School) -> bool:
    """A report with minutes per pupil fills its pages; a shorter one has its method on a page of its own."""
    minutes = school.value("minutes_per_pupil_day")
    return minutes is not None and minutes.is_exact
