"""The town's logo: what is drawn, what is refused, and that the check of outputs knows it from any other picture."""

import datetime as dt
import io
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from analysis.checking.read_html import read_html
from analysis.checking.read_pdf import read_pdf
from analysis.errors import UserError
from analysis.reports.blocks import paragraphs
from analysis.reports.document import Document
from analysis.reports.facts import Facts
from analysis.reports.logo import Logo, read_logo
from analysis.reports.page import page_of
from analysis.reports.pdf import pdf_of

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}<path d="M0 0H9V9Z" fill="#332288"/></svg>'


def png(mode: str, note: str = "") -> bytes:
    picture = Image.new(mode, (12, 6))
    for x in range(12):
        picture.putpixel((x, x % 6), {"L": 20 * x, "RGB": (20 * x, 9, 200), "RGBA": (20 * x, 9, 200, 250 - 20 * x)}[mode])
    written, texts = io.BytesIO(), PngImagePlugin.PngInfo()
    texts.add_text("Author", note)
    picture.save(written, "PNG", pnginfo=texts)
    return written.getvalue()


def kept(folder: Path, name: str, content: bytes | str) -> Logo:
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    logo = read_logo(folder / name)
    assert logo
    return logo


def document_with(logo: Logo) -> Document:
    facts = Facts("École", dt.date(2026, 1, 5), kind="dossier", territory="Valmont", logo=logo)
    return Document(facts, [paragraphs(["Neuf minutes."])])


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
def test_a_picture_of_points_is_recognised_and_another_is_not(tmp_path: Path, mode: str) -> None:
    logo = kept(tmp_path, "logo.png", png(mode))
    document = document_with(logo)
    in_pdf, in_page = read_pdf(pdf_of(document)).pictures, read_html(page_of(document)).pictures
    assert in_pdf
    assert len(in_page) == 1
    assert {sha256 for _, sha256 in [*in_pdf, *in_page]} <= logo.prints
    other = kept(tmp_path, "other.png", png("RGB" if mode == "L" else "L"))
    assert not {sha256 for _, sha256 in [*in_pdf[:1], *in_page]} & other.prints


def test_a_drawing_is_lines_in_the_pdf_and_recognised_in_the_page(tmp_path: Path) -> None:
    logo = kept(tmp_path, "logo.svg", '<?xml version="1.0"?><!-- by Zoé -->' + DRAWING.format(""))
    document = document_with(logo)
    assert read_pdf(pdf_of(document)).pictures == []
    assert {sha256 for _, sha256 in read_html(page_of(document)).pictures} <= logo.prints
    assert b"Zo" not in logo.content


def test_what_an_editor_notes_in_a_png_does_not_leave(tmp_path: Path) -> None:
    assert b"Inventee" in png("RGB", note="Zoe Inventee")
    assert b"Inventee" not in kept(tmp_path, "logo.png", png("RGB", note="Zoe Inventee")).content


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<image href="https://example.org/a.png"/>',
        "<image xlink:href='data:image/png;base64,AA'/>",
        '<foreignObject width="9"/>',
        '<g onclick="x()"/>',
        '<rect fill="url(https://example.org/a)"/>',
        "<style>@import 'a.css';</style>",
    ],
)
def test_a_drawing_that_reaches_out_is_refused(tmp_path: Path, inside: str) -> None:
    with pytest.raises(UserError, match=r"logo\.svg holds a script, a link or another file"):
        kept(tmp_path, "logo.svg", DRAWING.format(inside))


def test_a_gradient_of_its_own_is_not(tmp_path: Path) -> None:
    own = '<linearGradient id="a"/><rect width="3" height="3" fill="url(#a)"/>'
    assert kept(tmp_path, "logo.svg", DRAWING.format(own)).form == "svg"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"GIF89a", "neither an SVG nor a PNG"),
        (b"\xff\xd8\xff\xe0 JFIF", "neither an SVG nor a PNG"),
        (png("RGB")[:40], "a broken PNG"),
        (DRAWING.format("<!--" + "x" * 300_000 + "-->").encode(), "larger than 300 kB"),
    ],
)
def test_another_file_is_refused_in_words(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(UserError, match=said):
        kept(tmp_path, "logo.file", content)


def test_a_logo_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is no file gone.svg"):
        read_logo(tmp_path / "gone.svg")
    assert read_logo(None) is None
