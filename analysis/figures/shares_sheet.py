"""Published shares as lengths, with the table of the same numbers: rows that may not be shown stand in the table only."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.figures.lengths import Length, chart
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School, Value
from analysis.reports.sentences import words


@dataclass(frozen=True)
class Share:
    """A published share (None: no such row), what it is called, and the heading that it stands under."""

    name: str
    value: Value | None
    group: str = ""


def drawn(school: School, title: str, shares: Sequence[Share], note: str, caption: str) -> blocks.Block:
    """A figure of level 3 with one length for each share that is shown; nothing when none is."""
    shown = [share for share in shares if share.value is not None and share.value.shown]
    if not shown:
        return NOTHING
    rows = [Length(share.name, _amount(share), _number(school, share), _is_bound(share), group=share.group) for share in shown]
    alternative = school.language.say(
        "Barres sur une échelle de 0 à 100 % : {parts}.", parts=words.enumerated(school.language, [_spoken(school, s) for s in shown])
    )
    return blocks.figure(title, chart(rows), alternative, note, _table(school, shares, caption), level=3)


def _amount(share: Share) -> float:
    return share.value.amount if share.value else 0.0


def _is_bound(share: Share) -> bool:
    return share.value is not None and share.value.is_bound


def _number(school: School, share: Share) -> str:
    return words.cell(school, share.value, "share")


def _spoken(school: School, share: Share) -> str:
    whose = f"{share.group}, {share.name}" if share.group else share.name
    return f"{whose} {_number(school, share)}"


def _table(school: School, shares: Sequence[Share], caption: str) -> blocks.Table:
    say = school.language.say
    rows = [
        [f"{share.group}, {share.name}" if share.group else share.name, _number(school, share)]
        for share in shares
        if share.value is not None
    ]
    return blocks.Table([say("quoi"), say("part")], rows, caption)
