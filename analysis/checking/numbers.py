"""The numbers that stand in a text, each with its kind by the word behind it: `55 élèves`, `5 to 30 min`, `≤ 5 %`, `4 100 jours-élèves`.

Dates, school years, page numbers and the numbers of an axis (evenly spaced, three at least) are no figures and are left out.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from babel.dates import get_month_names

from analysis.foreign_text import printable

ANY = "number"  # without a word that says of what
_KINDS = {
    "share of rows": r"% (?:des lignes|of the rows)\b",
    "share": r"%|points?\b",
    "minutes": r"min\b|minutes?\b",
    "money": r"€|euros?\b",
    "days of pupils": r"jours?-élèves?|jours?-tablettes?|pupil-days?|tablet-days?",
    "people": r"(?:(?:equipped|enrolled|active) )?(?:élèves?|enfants?|enseignant(?:e?s?)?|parents?|personnes?|filles?|garçons?"
    r"|pupils?|child(?:ren)?|teachers?|relatives?|people|girls?|boys?)\b",
    "classes": r"classes?\b",
    "tablets": r"(?:shared |silent )?(?:tablettes?|tablets?|iPads?)\b",
    "weeks": r"(?:school )?(?:semaines?|weeks?)\b",
    "days": r"(?:school )?(?:jours?|days?)\b",
    "schools": r"écoles?\b|schools?\b",
    "visits": r"visites?\b|visits?\b",
    "rows": r"lignes?\b|rows?\b|lines?\b",
    "files": r"fichiers?\b|files?\b",
    "apps": r"applications?\b|apps?\b",
}
_NUMBER = r"\d+(?:[.,]\d+)?"
_FOUND = re.compile(rf"(?<![\w.,])({_NUMBER})(?: ?(?:{'|'.join(f'({pattern})' for pattern in _KINDS.values())})|(?!\w))")
_RANGE = re.compile(rf"(?<![\w.,])({_NUMBER})(?= (?:à|et|to|and|–) [-+]?{_NUMBER} ?(%|points?\b|min\b|minutes?\b))")
_ROUNDED_TO_0 = re.compile(r"< ?1 min\b")  # as reports write the minutes that round to 0
_MARK = rf"[-+]?{_NUMBER}(?: ?%)?"
_RUN = re.compile(rf"(?<![^ ;]){_MARK}(?:[ ;]+{_MARK}){{2,}}(?![^ ;])")
_GROUPS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?: \d{3})+(?![\d.,]\d)")
_LONG_AXIS = 5  # marks; a shorter axis has to hold zero
_SIGNS = str.maketrans({"\u2019": "'", "\u2011": "-", "\u2212": "-"})


@dataclass(frozen=True)
class Number:
    """A number as written: its kind, its digits without the point, and how many stand behind the point (`14,2` is 142 and 1)."""

    kind: str
    digits: int
    decimals: int


def plain(text: str, lang: str) -> str:
    """The text with single spaces, plain apostrophes and hyphens, no separators of thousands and no signs of direction."""
    separator = "\u202f" if lang == "fr" else ","
    joined = re.sub(rf"(?<=\d){separator}(?=\d{{3}}(?!\d))", "", printable(text))
    return " ".join(joined.translate(_SIGNS).split())


def with_wide_thousands(text: str, is_known: Callable[[Number], bool]) -> str:
    """The text with `2 740` as one number where that is a known one: a drawing in a PDF loses its thin spaces."""

    def joined(found: re.Match[str]) -> str:
        digits = found[0].replace(" ", "")
        return digits if is_known(Number(ANY, int(digits), 0)) else found[0]

    return _GROUPS.sub(joined, text)


def numbers_in(text: str) -> Iterator[Number]:
    """The numbers of a text that went through `plain`, without those of dates, pages and axes."""
    without = _RUN.sub(lambda run: _without_axes(run[0]), _no_figures().sub(" ", _ROUNDED_TO_0.sub("0 min", text)))
    for found in _FOUND.finditer(_RANGE.sub(r"\1 \2", without)):
        whole, _, part = found[1].replace(",", ".").partition(".")
        kind = next((name for name, word in zip(_KINDS, found.groups()[1:], strict=True) if word), ANY)
        yield Number(kind, int(whole + part), len(part))


def _without_axes(run: str) -> str:
    """A run of numbers without its stretches of even steps: the marks of an axis."""
    marks = re.findall(_MARK, run)
    amounts = [Decimal(mark.rstrip("% ").replace(",", ".")) for mark in marks]
    kept, start = [], 0
    while start < len(marks):
        end = _end_of_axis(amounts, start)
        if end - start >= _LONG_AXIS or (end - start > 2 and 0 in amounts[start:end]):
            start = end
        else:
            kept.append(marks[start])
            start += 1
    return " ; ".join(kept)


def _end_of_axis(amounts: list[Decimal], start: int) -> int:
    """Where the even steps that begin at `start` end; the same number again and again is no axis."""
    end = start + 1
    while end < len(amounts) and amounts[end] - amounts[end - 1] == amounts[start + 1] - amounts[start] != 0:
        end += 1
    return end


@cache
def _no_figures() -> re.Pattern[str]:
    names = {name for lang in ("fr", "en") for width in ("wide", "abbreviated") for name in get_month_names(width, locale=lang).values()}
    months = "|".join(sorted((re.escape(name.rstrip(".")) for name in {*names, "Sept"}), key=len, reverse=True))
    day = r"(?:1er|\d{1,2})"
    return re.compile(
        rf"(?:\b{day} (?:(?:au|à|to|and|et|–) {day} )?)?\b(?:{months})\b\.?(?: \d{{4}}\b)?"
        r"|\b\d{4}-(?:\d{4}|\d\d-\d\d|\d\d|[TP]\d)\b"
        r"|\b\d+(?:er|re|e|st|nd|rd|th) (?:trimestre|période|term|stretch)\b"
        r"|\b\d+ / \d+$"
    )
