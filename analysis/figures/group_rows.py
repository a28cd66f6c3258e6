"""Rows of a table by groups of pupils: those that can be read, and a sentence for each trait that would only show gaps."""

from itertools import groupby

from analysis.reports.school import School, Value
from analysis.reports.sentences import withheld
from analysis.reports.sentences.equity_groups import trait

ALL = "all"
Row = tuple[str, str, list[Value | None]]  # breakdown, name, a value for each column


def readable(school: School, rows: list[Row]) -> tuple[list[Row], list[str]]:
    """The rows of all pupils and of the traits of which at least half the groups show something; a sentence for each other trait."""
    kept, said = list[Row](), list[str]()
    for breakdown, found in groupby(rows, key=lambda row: row[0]):
        groups = list(found)
        if breakdown == ALL or 2 * sum(map(is_shown, groups)) >= len(groups):
            kept += groups
        else:
            what = school.language.say("Groupes selon {trait}", trait=trait(school.language, breakdown))
            said.append(withheld.instead(school, what, [value for _, _, values in groups for value in values]))
    return kept, said


def is_shown(row: Row) -> bool:
    """Something of this group is published."""
    return any(value is not None and value.shown for value in row[2])
