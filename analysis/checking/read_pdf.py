"""A PDF: the text of each page, and every text of every object that a page does not show: alternative texts, titles, XMP metadata,
annotations, bookmarks, attachments.
"""

import hashlib
import io
from collections.abc import Iterator

import pikepdf
import pypdfium2

from analysis.checking.read_html import read_html
from analysis.checking.reading import Reading

_NO_WORDS = frozenset("ID Lang Creator Producer CreationDate ModDate DA Registry Ordering CharSet FontFamily Headers Names".split())
_KINDS = {"Alt": "alternative text", "ActualText": "text for reading aloud", "Contents": "annotation", "T": "title"}
_BROKEN_HYPHEN = "\ufffe"  # pdfium's sign for the hyphen at which a line was broken
_OPENS = frozenset({"/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData", "/RichMedia", "/3D", "/Movie", "/Sound"})


def read_pdf(content: bytes) -> Reading:
    """What the file says; `where` of a passage is a page, or an object of the file and its entry."""
    reading = Reading()
    _read_pages(content, reading)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for number, item in enumerate(pdf.objects, 1):
            _read_object(item, f"object {number}", reading)
        _read_texts(pdf.trailer.get("/Info"), "metadata", reading)  # some writers keep it in the trailer itself
    return reading


def _read_pages(content: bytes, reading: Reading) -> None:
    with pypdfium2.PdfDocument(content) as document:
        for number, page in enumerate(document, 1):
            reading.say(f"page {number}", page.get_textpage().get_text_range().replace(_BROKEN_HYPHEN, "-"))


def _read_object(item: pikepdf.Object, where: str, reading: Reading) -> None:
    if isinstance(item, pikepdf.Stream):
        _read_stream(item, where, reading)
    _read_texts(item, where, reading)
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream) and {str(item.get(key)) for key in ("/S", "/Subtype")} & _OPENS:
        reading.closed.append((where, "a script or a film"))


def _read_texts(item: object, where: str, reading: Reading) -> None:
    for entry, text in _texts(item, ""):
        reading.say(f"{where}, {_KINDS.get(entry, entry)}", text, words=entry not in _NO_WORDS)


def _texts(item: object, entry: str) -> Iterator[tuple[str, str]]:
    """The texts of an object and of what stands directly inside it; what it points at is an object of its own."""
    if isinstance(item, pikepdf.String):
        yield entry, str(item)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for name, inner in item.items():
            if not getattr(inner, "is_indirect", False):
                yield from _texts(inner, name[1:])
    elif isinstance(item, pikepdf.Array):
        for inner in item:
            if not getattr(inner, "is_indirect", False):
                yield from _texts(inner, entry)


def _points(image: pikepdf.Stream) -> bytes:
    """What is drawn, without its compression; as it stands where that is one of pictures alone (JPEG), which no logo of ours has."""
    try:
        return image.read_bytes()
    except pikepdf.PdfError:
        return image.read_raw_bytes()


def _read_stream(item: pikepdf.Stream, where: str, reading: Reading) -> None:
    kind, subtype = str(item.get("/Type", "")), str(item.get("/Subtype", ""))
    if subtype == "/Image":
        reading.pictures.append((where, hashlib.sha256(_points(item)).hexdigest()))
    elif kind == "/Metadata":
        for passage in read_html(item.read_bytes().decode("utf-8", "replace")).passages:
            reading.say(f"XMP metadata, {passage.where}", passage.text, words=False)  # versions and instants stand there too
    elif kind == "/EmbeddedFile":
        reading.closed.append((where, "an attachment"))
        reading.say(f"{where}, attachment", item.read_bytes().decode("utf-8", "replace"))
