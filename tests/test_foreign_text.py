"""Text from outside, fit to be shown: nothing is lost that can be printed, nothing stays that steers a terminal or a spreadsheet."""

import csv
import html
import io
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.foreign_text import (
    LONGEST_LABEL,
    LONGEST_NAME,
    UNPRINTABLE,
    file_name,
    for_terminal,
    json_text,
    label,
    printable,
    spreadsheet_cell,
    visible,
)
from analysis.query import Answer
from analysis.reports.escaping import html_text
from tests.hostile_labels import FORMULAS, HOSTILE

ANY = st.one_of(
    st.text(max_size=60),
    st.sampled_from(HOSTILE),
    st.text(alphabet="\x00\x1b\x7f\x9b\u202e\u2068\ud800\U000e0041\t\r\n=+-@'\"a1, ", max_size=12),
)


class Read(HTMLParser):
    """What a parser reads in a paragraph and in its attribute."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.title, self.tags = "", "", list[str]()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.title = str(dict(attrs).get("title"))
        assert len(attrs) == 1

    def handle_data(self, data: str) -> None:
        self.text += data


@given(ANY)
@settings(max_examples=300, deadline=None)
def test_html_holds_any_text_as_itself_in_one_element_with_one_attribute(text: str) -> None:
    read = Read(f'<p title="{html_text(text)}">{html_text(text)}</p>')
    expected = printable(text)
    assert [re.sub("[\u2068\u2069]", "", each) for each in (read.text, read.title)] == [expected, expected]
    assert read.tags == ["p"]
    assert html.unescape(html_text(text)).count("\u2068") == html.unescape(html_text(text)).count("\u2069")


@given(ANY)
@settings(max_examples=300, deadline=None)
def test_what_is_said_is_printable_and_on_one_line(text: str) -> None:
    for said, longest in ((label(text), LONGEST_LABEL), (file_name(text), LONGEST_NAME), (visible(text), 10**6)):
        assert len(said) <= longest
        assert not UNPRINTABLE.search(said) and not re.search(r"[\n\r\t\v\f\x85\u2028]", said)
    assert not UNPRINTABLE.search(for_terminal(text)) and for_terminal(text).count("\n") == text.count("\n")
    said.encode()
    assert label(label(text)) == label(text)


@given(st.text(alphabet=st.characters(exclude_categories=("C", "Z", "M")), max_size=LONGEST_LABEL))
def test_a_short_word_is_its_own_label_and_name(text: str) -> None:
    assert label(text) == file_name(text) == visible(text) == printable(text) == text


@given(ANY)
@example("\x9b\u202e")
@settings(max_examples=300, deadline=None)
def test_json_holds_any_text_as_itself_and_is_printable(text: str) -> None:
    written = json_text({"name": text, text: 1})
    assert json.loads(written) == {"name": text, text: 1}
    assert not UNPRINTABLE.search(written) and "\n" not in written


@given(st.lists(ANY, min_size=1, max_size=4), st.floats(allow_nan=False))
@settings(max_examples=300, deadline=None)
def test_no_cell_of_a_csv_is_a_formula_and_no_text_is_lost(texts: list[str], number: float) -> None:
    written = Answer([f"c{i}" for i in range(len(texts) + 1)], [(*texts, number)]).as_csv()
    [_, row] = csv.reader(io.StringIO(written))
    assert float(row[-1]) == number
    for cell, text in zip(row, texts, strict=False):
        plain = printable(text)
        assert cell in (plain, f"'{plain}")
        is_number = re.fullmatch(r"[+-]?[\d.,]+([eE][+-]?\d+)?\s?%?", cell)
        assert is_number or not cell.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert not UNPRINTABLE.search(written)


@pytest.mark.parametrize("text", [*FORMULAS, "\t=1", "\r=1", "\n=1", " =1", "\u200b=1", "＝1", "-", "-1-1", "+33 6", "=", "-3.5.1"])
def test_formulas_get_an_apostrophe(text: str) -> None:
    assert str(spreadsheet_cell(text)).startswith("'")


@pytest.mark.parametrize("value", ["-3.5", "+1", "-3,5 %", "-1e-5", "École", "a=b", "x-y", "'=1", "", -3.5, None, True])
def test_numbers_and_words_stay(value: object) -> None:
    assert spreadsheet_cell(value) == value
