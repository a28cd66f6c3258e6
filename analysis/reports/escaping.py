"""The one place where data become Typst, HTML or SVG: nothing that a school is called can change the page around it.

Typst is given data as string literals, which it never reads as markup; HTML is given data with `& < > " '` replaced.
"""

import hashlib
import html
import re

# Control characters have no glyph; the bidirectional ones would reorder the words around the data that carry them.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_PROLOGUE = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>", re.DOTALL)
_ACTIVE = re.compile(r"<script\b.*?</script\s*>|<script\b[^>]*/>|\son\w+\s*=\s*(\"[^\"]*\"|'[^']*')", re.DOTALL | re.IGNORECASE)


def printable(text: str) -> str:
    """The text without control characters, line ends and tabs kept."""
    return _UNPRINTABLE.sub("", text)


def html_text(text: str) -> str:
    """Data as HTML text or attribute value."""
    return html.escape(printable(text), quote=True)


def typst_string(text: str) -> str:
    r"""Data as a Typst string literal, for code: `"École \"A\""`. Only `\` and `"` mean anything in one."""
    return '"' + printable(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def typst_text(text: str) -> str:
    """Data as Typst markup: a string literal shown as it is. The semicolon keeps what follows from being read as code."""
    return f"#{typst_string(text)};"


def clean_svg(svg: str) -> str:
    """An SVG without prologue, comments, metadata (which hold a date) or scripts, from `<svg` to `</svg>`.

    Raises ValueError if there is no drawing in it.
    """
    kept = _ACTIVE.sub("", _PROLOGUE.sub("", printable(svg))).strip()
    start = kept.find("<svg")
    if start < 0:
        raise ValueError("this is not an SVG drawing: no <svg> element in it")
    return kept[start:]


def svg_with_own_ids(svg: str) -> str:
    """The drawing with ids of its own, so that two drawings can stand in one HTML page."""
    mark = hashlib.sha256(svg.encode()).hexdigest()[:8]
    owned = re.sub(r'(\sid=")([^"]+")', rf"\1s{mark}-\2", svg)
    return re.sub(r'(href="#|url\(#)', rf"\1s{mark}-", owned)
