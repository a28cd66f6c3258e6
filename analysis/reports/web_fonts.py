"""Source Sans Pro inside a web page: the Latin part of three weights, embedded, so that the page asks nothing from the network.

Apart from fonts.py because fontTools takes half a second to import, which each kernel would pay.
"""

import base64
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from analysis.reports.fonts import FAMILY, font_folder

_once = Lock()
_WEB = {400: "SourceSansPro-Regular.ttf", 600: "SourceSansPro-Semibold.ttf", 700: "SourceSansPro-Bold.ttf"}
# Latin with its accents, punctuation and spaces, arrows, the signs of a report; other scripts fall back to the reader's own fonts.
_WEB_CHARACTERS = [
    *range(0x20, 0x250),
    *range(0x2000, 0x2070),
    *range(0x20A0, 0x20C0),
    *range(0x2190, 0x2200),
    0x2260,
    0x2264,
    0x2265,
    0x2212,
]


def web_fonts() -> str:
    """The CSS that embeds the typeface in a page, so that it asks nothing from the network; about 100 kB."""
    with _once:  # not by each of the threads that make the first reports
        return _faces()


@cache
def _faces() -> str:
    return "\n".join(_face(weight, font_folder() / name) for weight, name in _WEB.items())


def _face(weight: int, path: Path) -> str:
    content = base64.b64encode(_subset(path)).decode()
    return f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; src: url(data:font/woff;base64,{content}) format("woff"); }}'


def _subset(path: Path) -> bytes:
    """The font's Latin part as WOFF. Its dates are kept as they are, so that the same font gives the same bytes."""
    options = Options(flavor="woff", layout_features=["kern", "liga", "mark", "mkmk", "tnum"], hinting=False)
    font = TTFont(path, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_WEB_CHARACTERS)
    subsetter.subset(font)
    font.flavor = "woff"
    written = BytesIO()
    font.save(written)
    return written.getvalue()
