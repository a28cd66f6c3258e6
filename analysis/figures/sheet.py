"""What figures share: the empty block of a figure that has nothing to say, and the usual table of a breakdown."""

from collections.abc import Sequence

from analysis.reports.blocks import Block, Table, paragraphs
from analysis.reports.school import School, Value
from analysis.reports.sentences import withheld, words

NOTHING = Block("", "")
_NONE = "–"
_ALWAYS = 2  # columns kept whatever they hold: name and value


def value_table(school: School, caption: str, names: Sequence[str], values: Sequence[Value | None], unit: str, first: str) -> Table:
    """One row for each name: its value or that it is withheld, its 95 % interval, how many pupils; no column that says nothing new.

    `unit`: minutes or share; `first`: heading of the names.
    """
    say = school.language.say
    columns = {
        first: list(names),
        say("valeur"): [words.cell(school, value, unit) for value in values],
        say("intervalle à 95 %"): [_interval(school, value, unit) for value in values],
        say("élèves (environ)"): [_people(school, value) for value in values],
    }
    kept = [heading for i, (heading, cells) in enumerate(columns.items()) if i < _ALWAYS or len(set(cells) - {_NONE}) > 1]
    return Table(kept, [list(row) for row in zip(*(columns[heading] for heading in kept), strict=True)], caption)


def _interval(school: School, value: Value | None, unit: str) -> str:
    if value is None or value.interval is None:
        return _NONE
    language = school.language
    low, high = (words.minutes(language, end) if unit == "minutes" else language.percent(end) for end in value.interval)
    return language.say("{low} à {high}", low=low, high=high)


def _people(school: School, value: Value | None) -> str:
    return _NONE if value is None or value.n is None else school.language.number(value.n)


def instead(school: School, what: str, values: Sequence[Value | None]) -> Block:
    """The line that stands for a figure of which more than half would be gaps; `what` says what it would have shown."""
    return paragraphs([withheld.instead(school, what, values)])


def hidden_names(school: School, series: Sequence[tuple[str, Value]]) -> list[str]:
    """One sentence for each reason that keeps categories of a series out of a drawing: `CE2 et CM1 : données insuffisantes.`"""
    language, hidden = school.language, [(name, value.reason) for name, value in series if not value.shown]
    reasons = sorted({reason for _, reason in hidden})
    listed = {reason: words.listed(language, [name for name, why in hidden if why == reason]) for reason in reasons}
    return [language.say("{levels} : {reason}.", levels=names, reason=withheld.phrase(school, reason)) for reason, names in listed.items()]
