"""Names from data in the room that a drawing has for them: measured letter by letter, cut in the middle, or folded into lines.

A letter count would not do: forty capitals are twice as wide as forty small letters, and a name without spaces does not fold at words.
"""

from functools import cache

from matplotlib.font_manager import get_font
from matplotlib.ft2font import FT2Font, LoadFlags

from analysis.reports.fonts import font_folder

_CUT = "…"


def fitted(text: str, inches: float, size: float) -> str:
    """The text, or as much of its beginning and end as fits in that width at `size` points: what tells names apart often ends them."""
    kept = len(text)
    shown = text
    while kept > 2 and width_of(shown, size) > inches:
        kept -= 1
        tail = kept // 3
        shown = f"{text[: kept - tail].rstrip()}{_CUT}{text[len(text) - tail :].lstrip()}"
    return shown


def folded(text: str, inches: float, size: float, lines: int, *, is_bold: bool = False) -> str:
    """The text in at most so many lines of that width, broken at spaces, or inside a word that is wider than a line."""
    found, rest = list[str](), " ".join(filter(None, text.split(" ")))  # a no-break space stays one
    while rest and len(found) < lines:
        line = _first_line(rest, inches, size, is_bold)
        found.append(line.strip(" "))
        rest = rest[len(line) :].lstrip(" ")
    if rest:
        while width_of(f"{found[-1]} {_CUT}", size, is_bold=is_bold) > inches:
            found[-1] = found[-1][:-1]
        found[-1] = f"{found[-1].rstrip()} {_CUT}"
    return "\n".join(found)


def width_of(text: str, size: float, *, is_bold: bool = False) -> float:
    """How wide a line of text is, in inches; a letter that the typeface does not have counts as one em."""
    return sum(_em(letter, is_bold) for letter in text) * size / 72


def _first_line(text: str, inches: float, size: float, is_bold: bool) -> str:
    """The longest beginning that fits, up to a space if there is one in it; a letter at least."""
    end, width = 0, 0.0
    for letter in text:
        width += _em(letter, is_bold) * size / 72
        if end and width > inches:
            break
        end += 1
    space = text.rfind(" ", 0, end + 1)
    return text[:end] if end == len(text) or space <= 0 else text[:space]


@cache
def _em(letter: str, is_bold: bool) -> float:
    font = _font(is_bold)
    glyph = font.get_char_index(ord(letter))
    return font.load_glyph(glyph, flags=LoadFlags.NO_SCALE).horiAdvance / font.units_per_EM if glyph else 1.0


@cache
def _font(is_bold: bool) -> FT2Font:
    return get_font(font_folder() / f"SourceSansPro-{'Bold' if is_bold else 'Regular'}.ttf")
