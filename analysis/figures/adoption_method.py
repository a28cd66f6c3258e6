"""The adoption report's method and limits in ten lines."""

from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import methods
from analysis.reports.sentences.adoption_values import accounts, is_shown, tablets


def adoption_method(school: School) -> blocks.Block:
    """Ten short points: what each word means, how it is counted, what it does not say."""
    start = NOTHING if _is_long(school) else blocks.page_break()
    return start + blocks.heading(school.language.say("La méthode en dix lignes")) + blocks.bullets(methods.adoption(school))


def _is_long(school: School) -> bool:
    """A report with figures fills its pages; one without has its method on a page of its own."""
    values = (tablets(school, "funnel_share", "stage", "regular"), accounts(school, "accounts_active_share", "profile", "student"))
    return any(is_shown(value) for value in values)
