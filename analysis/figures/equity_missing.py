"""What cannot be said of equity, and why."""

from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import equity_absent


def equity_missing(school: School) -> blocks.Block:
    """A list with a reason for each absence: never empty, for some things no school's report may say."""
    return blocks.bullets(equity_absent.absent(school))
