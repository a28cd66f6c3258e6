"""Names that hold digits (`École 12`), told from figures: whole, as reports write them, or without their middle, as drawings do."""

import re
from collections.abc import Iterable

from analysis.checking.numbers import plain
from analysis.foreign_text import label
from analysis.reports.glyphs import drawn_alone

_CUT = "…"


class Names:
    """The names that a report may repeat."""

    def __init__(self, names: Iterable[str]) -> None:
        shown = {form for name in names for form in (label(name), drawn_alone(label(name)))}  # in a PDF, some letters may be `□`
        self._names = sorted({plain(name, lang) for name in shown for lang in ("fr", "en")}, key=len, reverse=True)
        self._whole = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in self._names) or r"(?!)")

    def without(self, text: str) -> str:
        """A text that went through `plain`, without the names in it."""
        head, *others = self._whole.sub(" ", text).split(_CUT)
        for other in others:
            before, after = max((_ends(name, head, other) for name in self._names), key=sum, default=(0, 0))
            head = f"{head[: len(head) - before]} {other[after:]}"
        return head


def _ends(name: str, before: str, after: str) -> tuple[int, int]:
    """How many characters at the end of one text begin the name, and how many at the start of the next end it; none unless both do."""
    head = next((n for n in range(len(name), 0, -1) if before.endswith(name[:n])), 0)
    tail = next((n for n in range(len(name), 0, -1) if after.startswith(name[-n:])), 0)
    return (head, tail) if head and tail else (0, 0)
