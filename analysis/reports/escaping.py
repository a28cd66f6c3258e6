"""The one place where data become Typst, HTML or SVG: nothing that a school is called can change the page around it.

Typst is given data as string literals, which it never reads as markup; HTML is given data with `& < > " '` replaced.
"""

import hashlib
import html
import re

from analysis.foreign_text import printable

_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
# from the first to the last such letter, with what stands between them on the line but is no letter of ours
_RUN = re.compile(rf"[{_RIGHT_TO_LEFT}](?:[^\n<>A-Za-z\u00c0-\u024f]*[{_RIGHT_TO_LEFT}])?")
_PROLOGUE = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>", re.DOTALL)
_ACTIVE = re.compile(r"<script\b.*?</script\s*>|<script\b[^>]*/>|\son\w+\s*=\s*(\"[^\"]*\"|'[^']*')", re.DOTALL | re.IGNORECASE)


def html_text(text: str) -> str:
    """Data as HTML text or attribute value."""
    return html.escape(isolated(text), quote=True)


def isolated(text: str) -> str:
    """The text as it can be printed, words written from right to left set apart, so that they do not reorder what stands beside them."""
    return _RUN.sub("\u2068\\g<0>\u2069", printable(text))


def typst_string(text: str) -> str:
    r"""Data as a Typst string literal, for code: `"École \"A\""`. Only `\` and `"` mean anything in one."""
    return '"' + isolated(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def typst_text(text: str) -> str:
    """Data as Typst markup: a string literal shown as it is. The semicolon keeps what follows from being read as code."""
    return f"#{typst_string(text)};"


def clean_svg(svg: str) -> str:
    """An SVG without prologue, comments, metadata (which hold a date) or scripts, from `<svg` to `</svg>`.

    Raises ValueError if there is no drawing in it.
    """
    kept = _ACTIVE.sub("", _PROLOGUE.sub("", isolated(svg))).strip()
    start = kept.find("<svg")
    if start < 0:
        raise ValueError("this is not an SVG drawing: no <svg> element in it")
    return kept[start:]


def svg_with_own_ids(svg: str) -> str:
    """The drawing with ids of its own, so that two drawings can stand in one HTML page."""
    mark = hashlib.sha256(svg.encode()).hexdigest()[:8]
    owned = re.sub(r'(\sid=")([^"]+")', rf"\1s{mark}-\2", svg)
    return re.sub(r'(href="#|url\(#)', rf"\1s{mark}-", owned)
