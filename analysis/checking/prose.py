"""The words of the reports that hold a number by themselves: `intervalle à 95 %`, `muettes depuis 14 jours`. They are no figures.

They come from the catalogues of `reports/locale`, whose msgids are the French sentences of the code. A number counts as prose only
within its own words: `95 %` alone does not.
"""

import re
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from analysis.checking.numbers import plain
from analysis.reports.language import Language

_CATALOGUES = Path(__file__).parents[1] / "reports" / "locale" / "en"
_PLACE = re.compile(r"\{\w*\}")
_WORD = re.compile(r"[^\W\d_]{3,}")


def without_prose(text: str, lang: str) -> str:
    """A text that went through `plain`, without the static words that hold numbers."""
    return _pieces(lang).sub(" ", text)


@cache
def _pieces(lang: str) -> re.Pattern[str]:
    pieces = {piece for sentence in _sentences(lang) for piece in _with_numbers(sentence, lang)}
    return re.compile("|".join(map(re.escape, sorted(pieces, key=len, reverse=True))))


def _sentences(lang: str) -> list[str]:
    found = []
    for path in sorted(_CATALOGUES.glob("*.po")):
        with path.open("rb") as source:
            for message in read_po(source, locale="en"):
                said = message.id if lang == "fr" else message.string
                found += [said] if isinstance(said, str) else list(said or ())
    return found


def _with_numbers(sentence: str, lang: str) -> list[str]:
    parts = (plain(Language(lang).typeset(part), lang) for part in _PLACE.split(sentence))
    return [part for part in parts if re.search(r"\d", part) and _WORD.search(part)]
