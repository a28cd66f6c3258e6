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
from analysis.reports.language import Language
from analysis.reports.refusal import RefusedError

_HOUSE = Path(__file__).parent
_REGIONS = {"fr": "FR", "en": "GB"}
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
_MOST_UNDRAWN = 50  # different texts that no font draws, before a document is given up


def pdf_of(document: Document) -> bytes:
    """The PDF/UA-1 file; the same document gives the same bytes. Raises RefusedError with what Typst or PDF/UA-1 objects to."""
    source = typst_source(document)
    produced_at = dt.datetime.combine(document.facts.produced_on, dt.time(), tzinfo=dt.UTC)
    for _ in range(_MOST_UNDRAWN):
        try:
            return _compiled(source, int(produced_at.timestamp()))
        except typst.TypstError as error:
            source = _without_undrawn(source, str(error))
    raise RefusedError("too many characters that no font of ours can draw: write them in another script.")


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
        "numbers_title": Language(facts.lang).say("Les chiffres des figures"),
    }
    keywords = "".join(f"{typst_string(word)}, " for word in facts.keywords)
    return "(" + ", ".join(f"{name}: {typst_string(text)}" for name, text in texts.items()) + f", keywords: ({keywords}))"


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


def _without_undrawn(source: str, complaint: str) -> str:
    """The source with `□` for the letters of a text that no font draws (an emoji in a name). Other complaints are refusals."""
    undrawn = _NO_GLYPH.search(complaint)
    if not undrawn:
        raise RefusedError(f"the report does not make an accessible PDF: {complaint.strip()}.")
    letters = {letter for letter in undrawn[1] if ord(letter) > 0x7F}
    return source.translate({ord(letter): "□" for letter in letters})
