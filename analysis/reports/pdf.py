"""A document as an accessible PDF (PDF/UA-1), by Typst: tagged, in the document's language, fonts embedded, system fonts ignored.

Typst refuses what PDF/UA-1 refuses: a picture without a text alternative, a heading level skipped, a letter that no font draws.
"""

import datetime as dt
import re
from pathlib import Path

import typst

from analysis.reports.document import Document
from analysis.reports.escaping import typst_string
from analysis.reports.facts import Facts
from analysis.reports.fonts import font_folder
from analysis.reports.glyphs import UNDRAWN, drawn_alone, without_marks
from analysis.reports.language import Language
from analysis.reports.refusal import RefusedError

_HOUSE = Path(__file__).parent
_REGIONS = {"fr": "FR", "en": "GB"}
_NOT_DRAWN = "could not be displayed"
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
_MOST_COMPLAINTS = 5  # one for each text that no font draws: then everything goes that our own typeface does not draw


def pdf_of(document: Document) -> bytes:
    """The PDF/UA-1 file; the same document gives the same bytes. Raises RefusedError with what Typst or PDF/UA-1 objects to."""
    source = typst_source(document)
    produced_at = dt.datetime.combine(document.facts.produced_on, dt.time(), tzinfo=dt.UTC)
    for attempt in range(_MOST_COMPLAINTS + 1):
        try:
            return _compiled(source, int(produced_at.timestamp()))
        except typst.TypstError as error:
            source = _without_undrawn(source, str(error), is_last=attempt == _MOST_COMPLAINTS - 1)
    raise RefusedError("it holds characters that no font of ours can draw: write them in another script.")


def typst_source(document: Document) -> str:
    """The whole document as Typst source; it needs `report.typ` beside it."""
    pieces = "\n\n".join(piece.typst for piece in document.pieces if piece.typst)
    return f'#import "/report.typ": *\n#show: body => report({_typst_facts(document.facts)}, body)\n\n{pieces}\n'


def _typst_facts(facts: Facts) -> str:
    texts = {
        "title": facts.title,
        "subtitle": facts.subtitle,
        "document_title": facts.document_title,
        "territory": facts.territory,
        "header": facts.header,
        "footer": facts.footer,
        "mark": facts.mark,
        "mark_sentence": facts.mark_sentence,
        "lang": facts.lang,
        "region": _REGIONS[facts.lang],
        "paper": facts.paper,
        "school_period": facts.period_label,
        "contents_title": facts.contents_title,
        "numbers_title": Language(facts.lang).say("Les chiffres des figures"),
    }
    keywords = "".join(f"{typst_string(word)}, " for word in facts.keywords)
    more = {
        "keywords": f"({keywords})",
        "has-title-page": "true" if facts.has_title_page else "false",
        "logo": facts.logo.typst if facts.logo else "none",
    }
    written = {name: typst_string(text) for name, text in texts.items()} | more
    return "(" + ", ".join(f"{name}: {text}" for name, text in written.items()) + ")"


def _compiled(source: str, produced_at: int) -> bytes:
    content: bytes = typst.compile(  # type: ignore[misc]
        source.encode(),
        root=str(_HOUSE),
        font_paths=[str(font_folder())],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=produced_at,
    )
    return content


def _without_undrawn(source: str, complaint: str, *, is_last: bool) -> str:
    """The source with `□` for the letters of a text that no font draws (an emoji in a name). Other complaints are refusals."""
    if _NOT_DRAWN not in complaint:
        raise RefusedError(f"the report does not make an accessible PDF: {complaint.strip()}.")
    named = _NO_GLYPH.search(complaint)
    letters = {letter for letter in named[1] if ord(letter) > 0x7F} - {UNDRAWN} if named else set()
    if not letters:  # a mark that no font puts on its letter, or a joiner, is not among the letters that Typst names
        plainer = without_marks(source)
        is_last = is_last or plainer == source
        source = plainer
    if is_last:
        return drawn_alone(source)
    return source.translate({ord(letter): UNDRAWN for letter in letters})
