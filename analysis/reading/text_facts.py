"""What the bytes of a file say before anything is split: its encoding, its lines, whether its cells can need to be tidied.

One pass says it all: for a file of 650 MB, each further one costs as much as its SHA-256.
"""

import codecs
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import UserError

NOT_TEXT = "not a text file. Exports are CSV or JSON, plain or in .gz or .zip."
_CHUNK = 1 << 20
_BLANKS = (b" ", b"\t", b"\xa0")  # the last is the end of a no-break space in UTF-8, and of other letters


@dataclass(frozen=True)
class TextFacts:
    """`lines` is None where line ends are mixed or are those of old Macs, which the engine cannot be trusted with.

    Where there is no blank, no cell has one around it, unless JSON escapes it; where there is no quotation mark, an empty cell is NULL and
    not an empty text.
    """

    encoding: str
    lines: int | None
    has_blanks: bool
    has_quotes: bool
    has_escapes: bool


def look_through(name: str, path: Path) -> TextFacts:
    """The facts of a text; all but the encoding is that of UTF-8, and is not to be relied on in another encoding.

    Raises UserError where the file is empty or holds a zero byte.
    """
    with path.open("rb") as file:
        head = file.read(4)
        if not head:
            raise UserError(f"{name}: the file is empty (0 bytes). Export it again.")
        marked = _of_mark(head)
        if marked:
            return TextFacts(marked, None, True, True, True)
        file.seek(0)
        tally = _Tally()
        while chunk := file.read(_CHUNK):
            if b"\0" in chunk:
                raise UserError(f"{name}: {_of_zero_byte(tally.feeds + 1 + chunk[: chunk.index(0)].count(10))}")
            tally.add(chunk)
    encoding = "utf-8" if tally.ends_as_utf8() else "cp1252"
    return TextFacts(encoding, tally.lines(), tally.has_blanks, tally.has_quotes, tally.has_escapes)


def _of_mark(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    # without its mark, but no other text has a zero byte after each letter
    return "utf-16-le" if len(head) == 4 and head[0] and head[2] and not head[1] and not head[3] else ""


def _of_zero_byte(line: int) -> str:
    # in the first line it is no text at all; further down, a text that a disk or a copy damaged
    return NOT_TEXT if line == 1 else f"damaged: a zero byte stands in line {line}, which no text holds. Export or copy it again."


class _Tally:
    """What was seen of a text so far."""

    def __init__(self) -> None:
        self.feeds = self._returns = self._pairs = 0
        self.has_blanks = self.has_quotes = self.has_escapes = False
        self._last = b""
        self._is_utf8 = True
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def add(self, chunk: bytes) -> None:
        self.feeds += chunk.count(b"\n")
        if b"\r" in chunk or self._last == b"\r":
            self._returns += chunk.count(b"\r")
            self._pairs += chunk.count(b"\r\n") + (self._last == b"\r" and chunk.startswith(b"\n"))
        self.has_blanks = self.has_blanks or any(blank in chunk for blank in _BLANKS)
        self.has_quotes = self.has_quotes or b'"' in chunk
        self.has_escapes = self.has_escapes or b"\\" in chunk
        self._is_utf8 = self._is_utf8 and self._decodes(chunk)
        self._last = chunk[-1:]

    def _decodes(self, chunk: bytes, final: bool = False) -> bool:
        if chunk.isascii() and not final and not self._decoder.getstate()[0]:
            return True
        try:
            self._decoder.decode(chunk, final)
        except UnicodeDecodeError:
            return False
        return True

    def ends_as_utf8(self) -> bool:
        return self._is_utf8 and self._decodes(b"", final=True)

    def lines(self) -> int | None:
        if self._returns and not self._returns == self._pairs == self.feeds:
            return None
        return self.feeds + (self._last != b"\n")
