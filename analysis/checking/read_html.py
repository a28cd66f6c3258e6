"""An HTML page, or a part of one, with the SVG in it: words, attributes that are read aloud or shown, comments, scripts, tables."""

import base64
import hashlib
import re
from html import unescape
from html.parser import HTMLParser

from analysis.checking.reading import Passage, Reading, SeenTable

_INSIDE_A_LINE = frozenset("a abbr b bdi bdo br cite code em i kbd mark q s small span strong sub sup time tspan u var wbr".split())
_READ = frozenset("aria-label aria-description aria-valuetext alt title content placeholder label summary value desc".split())
_NO_WORDS = frozenset({"viewport", "generator"})  # of <meta>: sizes and versions
_CLOSED = {
    "script": "a script",
    "iframe": "another page inside it",
    "object": "an object",
    "embed": "an object",
    "image": "a picture made of points",
    "canvas": "a canvas",
    "audio": "a sound",
    "video": "a film",
    "foreignobject": "a page inside a drawing",
}
_STYLE = re.compile(r"<style\b.*?</style\s*>", re.DOTALL | re.IGNORECASE)
_LENGTHS = re.compile(r"(?<=\sd=\")[MLHVCSQTAZmlhvcsqtaz\d\s.,-]+(?=\")")  # of a path: most of a page, and no word
_DATA = re.compile(r"(?<=;base64,)[A-Za-z0-9+/=\s]{200,}")  # a font: letters by chance


# The tags of a drawing that hold lengths and colours only, most of a page; one with any other attribute is left to the parser
_PLAIN_TAG = re.compile(
    r"<(?:path|use|g|defs|clipPath|rect|line|circle|polygon|polyline)"
    r"(?:\s+(?:d|id|style|transform|x|y|x1|x2|y1|y2|r|cx|cy|rx|ry|width|height|points|fill|stroke|clip-path|xlink:href|href)=\"[^\"<>]*\")*\s*/?>"
)


def read_html(text: str) -> Reading:
    """What the page says; `where` of a passage is a line and an element."""
    page = _Page()
    page.feed(_PLAIN_TAG.sub(_lines_of, text))
    page.close()
    page.flush()
    page.reading.raw += _raw(text)
    return page.reading


def _raw(text: str) -> list[Passage]:
    """The text of the file, its style apart: that is the same in all reports, and is looked at once."""
    styles = [Passage("the style", _DATA.sub("", style)) for style in _STYLE.findall(text)]
    rest = _LENGTHS.sub(_lines_of, _STYLE.sub(_lines_of, text))
    return [*styles, Passage("the page", unescape(_DATA.sub("", rest)))]


def _lines_of(left_out: re.Match[str]) -> str:
    """The ends of its lines alone, so that the lines after it keep their numbers."""
    return "\n" * left_out[0].count("\n")


def _print_of(address: str) -> str:
    """SHA-256 of a picture that stands in the page itself; empty for one elsewhere."""
    _, _, written = address.partition(";base64,")
    try:
        return hashlib.sha256(base64.b64decode(written, validate=True)).hexdigest() if written else ""
    except ValueError:
        return ""


class _Page(HTMLParser):
    """Gathers text up to the next element that begins a line; a drawing is one passage, so that its axes can be known."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.reading = Reading()
        self._text: list[str] = []
        self._start = ""
        self._drawings = 0
        self._hidden = ""
        self._rows: list[list[str]] | None = None
        self._is_in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begins an element."""
        self._break_before(tag)
        if tag in _CLOSED:
            self.reading.closed.append((self._place(tag), _CLOSED[tag]))
        if tag == "img":
            self.reading.pictures.append((self._place(tag), _print_of(dict(attrs).get("src") or "")))
        if tag in ("style", "script"):
            self._hidden = tag
        self._drawings += tag == "svg"
        self._read_attributes(tag, attrs)
        self._begin_in_table(tag)

    def handle_endtag(self, tag: str) -> None:
        """Ends an element."""
        if tag == self._hidden:
            self._hidden = ""
        if tag == "svg" and self._drawings:
            self._drawings -= 1
        self._break_before(tag)
        if tag in ("td", "th"):
            self._is_in_cell = False
        if tag == "table" and self._rows:
            headings, *rows = self._rows
            self.reading.tables.append(SeenTable(self._place(tag), tuple(headings), tuple(row[0] for row in rows if row)))
            self._rows = None

    def handle_data(self, data: str) -> None:
        """Takes text; that of a script is code, that of a style is left to the search for keys."""
        if self._hidden:
            if self._hidden == "script" and data.strip():
                self.reading.passages.append(Passage(self._place("script"), data, words=False))
            return
        self._start = self._start or self._place("text")
        self._text.append(data)
        if self._is_in_cell and self._rows:
            self._rows[-1][-1] += data.strip()

    def handle_comment(self, data: str) -> None:
        """Reads a comment as words: nobody sees it, and anybody may."""
        self.reading.passages.append(Passage(self._place("comment"), data))

    def flush(self) -> None:
        """Ends the passage under way."""
        text = "".join(self._text)
        if text.strip():
            self.reading.passages.append(Passage(self._start, text))
        self._text, self._start = [], ""

    def _break_before(self, tag: str) -> None:
        if self._drawings:
            self._text.append("\n")
        elif tag not in _INSIDE_A_LINE:
            self.flush()

    def _read_attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "meta" and dict(attrs).get("name") in _NO_WORDS:
            return
        for name, value in attrs:
            if value and (name in _READ or name.startswith("data-")):
                self.reading.passages.append(Passage(f"{self._place(tag)}, attribute {name}", value))

    def _begin_in_table(self, tag: str) -> None:
        if tag == "table":
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append("")
            self._is_in_cell = True

    def _place(self, tag: str) -> str:
        return f"line {self.getpos()[0]}, {tag}"
