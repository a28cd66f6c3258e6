"""Text that came with the data or with a file's name, made fit to be shown: on a page, in a terminal, in a spreadsheet.

The lake keeps every text whole; these functions stand where text leaves the house. What a page's own language (HTML, Typst, SVG) could
read as markup is the business of `reports/escaping.py`.
"""

import json
import re
from collections.abc import Iterable

LONGEST_NAME = 200  # characters of the name of a file: that of a member of an archive may have 65,535
LONGEST_LABEL = 80  # characters: two lines of a title, one of a table
_TAIL = 24  # characters kept at the end of a label that is cut

# Control characters have no glyph and steer terminals; the bidirectional ones reorder the words around them; the invisible ones make
# two names look the same. Joiners (200C, 200D) stay: Persian and emoji need them. Line ends and tabs stay too.
UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_MARKS = re.compile(
    r"([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3})[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?\s?%?")


def printable(text: str) -> str:
    """The text without control, bidirectional and invisible characters, line ends and tabs kept."""
    return UNPRINTABLE.sub("", text)


def label(text: str) -> str:
    """A name as it stands in a report: printable, on one line, at most `LONGEST_LABEL` characters, a longer one without its middle."""
    spaced = " ".join(text.split())  # before: some ends of lines are control characters
    line = _MARKS.sub(r"\1", " ".join(printable(spaced).split()))
    return _cut(line, LONGEST_LABEL, _TAIL)


def labels(texts: Iterable[str]) -> dict[str, str]:
    """The label of each of several names; those that would look the same are numbered, so that none takes the place of another."""
    found, taken = dict[str, str](), set[str]()
    for text in sorted(set(texts), key=lambda text: (label(text) != text, text)):
        plain, number = label(text), 1
        while plain in taken:
            number += 1
            plain = f"{label(text)} ({number})"
        found[text] = plain
        taken.add(plain)
    return found


def file_name(text: str) -> str:
    """The name of a file as sentences and records have it: what is unprintable written out, a very long one without its middle."""
    return _cut(visible(text), LONGEST_NAME, LONGEST_NAME // 2)


def for_terminal(text: str) -> str:
    """Lines that say nothing to a terminal but their words: no escape sequence reaches it."""
    return "\n".join(map(visible, text.split("\n")))


def json_text(data: object) -> str:
    """Data as one line of JSON: letters as they are, what is unprintable as its JSON escape."""
    written = json.dumps(data, ensure_ascii=False, default=str)
    return UNPRINTABLE.sub(lambda found: json.dumps(found[0])[1:-1], written)


def visible(text: str) -> str:
    r"""The text on one line with what is unprintable written out (`\x1b`, `\n`, `\u202e`): for terminals, logs and names of files."""
    return re.sub(rf"{UNPRINTABLE.pattern}|[\t\n]", lambda found: found[0].encode("unicode_escape", "surrogatepass").decode(), text)


def spreadsheet_cell(value: object) -> object:
    """A value for CSV: a text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers."""
    if not isinstance(value, str):
        return value
    text = printable(value)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text


def _cut(text: str, longest: int, tail: int) -> str:
    """The text without its middle where it is too long: what tells two of a kind apart often stands at the end."""
    head = longest - tail - 1
    return text if len(text) <= longest else f"{text[:head].rstrip()}…{text[-tail:].lstrip()}"
