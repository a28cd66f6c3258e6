"""Data stay data: whatever a school is called, the page around it does not change."""

import html
import json

import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st
from samples import HOSTILE, SVG

from analysis.reports.escaping import clean_svg, html_text, isolated, printable, svg_with_own_ids, typst_string, typst_text


def read_by_typst(literal: str) -> object:
    """What Typst itself reads in a literal."""
    return json.loads(typst.query(f"#metadata({literal}) <it>".encode(), "<it>", field="value", one=True))


@pytest.mark.parametrize("text", HOSTILE)
def test_typst_reads_a_hostile_text_as_itself(text: str) -> None:
    assert read_by_typst(typst_string(text)) == text


@given(st.text(max_size=40))
@example("\u0590")  # stands in the Hebrew block, is no letter yet
@settings(max_examples=50, deadline=None)
def test_typst_reads_any_text_as_itself_without_control_characters(text: str) -> None:
    read = read_by_typst(typst_string(text))
    assert read == isolated(text)
    assert str(read).translate({0x2068: None, 0x2069: None}) == printable(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_html_shows_a_hostile_text_as_itself(text: str) -> None:
    assert "<" not in html_text(text)
    assert html.unescape(html_text(text)) == text


def test_markup_after_a_text_is_not_read_as_code() -> None:
    typst.compile(f"{typst_text('École')}.len() et [suite]".encode())


def test_characters_that_reorder_the_page_are_dropped() -> None:
    assert printable("a\u202eb\u2066c\x00d\x07e\u200bf") == "abcdef"


def test_right_to_left_names_and_emoji_are_kept() -> None:
    assert printable("מדרסה école 🎉") == "מדרסה école 🎉"


def test_svg_loses_what_is_not_drawing() -> None:
    prologue = '<?xml version="1.0"?><!DOCTYPE svg>'
    drawing = '<svg onload="x()"><metadata><d>2025</d></metadata><!-- c --><script>x()</script><g id="a"/></svg>'
    assert clean_svg(prologue + drawing) == '<svg><g id="a"/></svg>'


def test_svg_must_be_a_drawing() -> None:
    with pytest.raises(ValueError, match="not an SVG"):
        clean_svg("<p>no</p>")


def test_two_drawings_share_no_id() -> None:
    marked = svg_with_own_ids('<svg><path id="p"/><use xlink:href="#p" clip-path="url(#p)"/></svg>')
    own = marked.split('id="')[1].split('"')[0]
    assert own != "p"
    assert f'href="#{own}"' in marked and f"url(#{own})" in marked
    assert own not in svg_with_own_ids(SVG)
