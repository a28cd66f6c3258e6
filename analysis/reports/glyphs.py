"""Which letters the typeface of the reports draws, and a text without the others.

Apart from fonts.py because fontTools takes half a second to import.
"""

import unicodedata
from functools import cache

from fontTools.ttLib import TTFont

from analysis.reports.fonts import font_folder

UNDRAWN = "□"
_WIDTHLESS = ("Mn", "Me", "Cf")
_ISOLATES = "\u2068\u2069"
_FACES = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf", "SourceSansPro-Bold.ttf")


def drawn_alone(text: str) -> str:
    """The text with `□` for every letter that Source Sans Pro itself does not draw; marks and joiners among them go without a trace."""
    return "".join(letter if ord(letter) < 0x80 or ord(letter) in _drawn() else _instead(letter) for letter in text)


def without_marks(text: str) -> str:
    """The text without separate accents, joiners and other signs of no width; what sets a direction apart stays."""
    return "".join(letter for letter in text if letter in _ISOLATES or unicodedata.category(letter) not in _WIDTHLESS)


def _instead(letter: str) -> str:
    return "" if unicodedata.category(letter) in _WIDTHLESS else UNDRAWN


@cache
def _drawn() -> frozenset[int]:
    return frozenset.intersection(*(frozenset(TTFont(font_folder() / face).getBestCmap()) for face in _FACES))
