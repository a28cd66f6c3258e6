"""Published shares as lengths, with the table of the same numbers: rows that may not be shown stand in the table only."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.figures.lengths import Length, chart
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.language import Language
from analysis.reports.school import Value
from analysis.reports.sentences import words


@dataclass(frozen=True)
class Share:
    """A published share (None: no such row), what it is called, and the heading that it stands under."""

    name: str
    value: Value | None
    group: str = ""


def drawn(language: Language, title: str, shares: Sequence[Share], note: str, caption: str) -> blocks.Block:
    """A figure of level 3 with one length for each share that is shown; nothing when none is."""
    shown = [share for share in shares if share.value is not None and share.value.shown]
    if not shown:
        return NOTHING
    rows = [Length(share.name, _amount(share), _number(language, share), _is_bound(share), group=share.group) for share in shown]
    alternative = language.say(
        "Barres sur une échelle de 0 à 100 % : {parts}.", parts=words.enumerated(language, [_spoken(language, s) for s in shown])
    )
    return blocks.figure(title, chart(rows), alternative, note, _table(language, shares, caption), level=3)


def _amount(share: Share) -> float:
    return share.value.amount if share.value else 0.0


def _is_bound(share: Share) -> bool:
    return share.value is not None and share.value.is_bound


def _number(language: Language, share: Share) -> str:
    return words.cell(language, share.value, "share")


def _spoken(language: Language, share: Share) -> str:
    whose = f"{share.group}, {share.name}" if share.group else share.name
    return f"{whose} {_number(language, share)}"


def _table(language: Language, shares: Sequence[Share], caption: str) -> blocks.Table:
    say = language.say
    rows = [
        [f"{share.group}, {share.name}" if share.group else share.name, _number(language, share)]
        for share in shares
        if share.value is not None
    ]
    return blocks.Table([say("quoi"), say("part")], rows, caption)
