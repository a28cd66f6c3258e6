"""The HTML exporter: one file, no request, no script, headings and tables in order, the words of the PDF."""

import itertools
import re
from html.parser import HTMLParser

import pytest
from nbformat import NotebookNode
from samples import HOSTILE, cover, report, shown, whole_report

from analysis.reports import blocks
from analysis.reports.exporters import CartableHtml

VOID = {"meta", "img", "br", "hr", "input", "link", "rect"}


class Outline(HTMLParser):
    """The tags, in order, of a page whose tags close in the order that they open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def export(notebook: NotebookNode) -> str:
    return CartableHtml().from_notebook_node(notebook)[0]


def test_a_page_has_its_landmarks_and_one_title() -> None:
    page = Outline(export(whole_report()))
    names = [tag for tag, _ in page.tags]
    assert page.all("html") == [{"lang": "fr-FR"}]
    assert [names.count(tag) for tag in ("header", "main", "footer", "h1", "title")] == [1, 1, 1, 1, 1]
    assert page.all("a")[0] == {"class": "skip", "href": "#content"} and page.all("main")[0]["id"] == "content"


def test_headings_follow_one_another() -> None:
    levels = [int(tag[1]) for tag, _ in Outline(export(whole_report())).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_heading_of_a_table_has_a_scope_and_every_drawing_an_alternative() -> None:
    page = Outline(export(whole_report()))
    assert page.all("th") and all(heading.get("scope") in ("col", "row") for heading in page.all("th"))
    assert all(drawing["role"] == "img" and drawing["aria-label"] for drawing in page.all("svg"))


def test_a_page_asks_nothing_from_the_network_and_runs_nothing() -> None:
    page = export(whole_report())
    assert not Outline(page).all("script") and not Outline(page).all("link")
    assert set(re.findall(r"url\((.{5})", page)) <= {"data:"}
    assert not re.search(r'\ssrc="(?!data:)', page)


def test_ids_are_unique() -> None:
    figures = [shown(blocks.figure("A", '<svg><g id="a"/></svg>', "x")), shown(blocks.figure("B", '<svg><g id="a"/><g/></svg>', "y"))]
    found = re.findall(r'\sid="([^"]+)"', export(report(*figures)))
    assert len(found) == len(set(found)) == 3


def test_words_of_the_cover_are_on_the_page() -> None:
    words = " ".join(Outline(export(whole_report())).words)
    for expected in (
        "DONNÉES INVENTÉES",
        "Ville de Valmont · usage des tablettes",
        "École 9980123K · 1er trimestre 2025-2026 · produit le 5 janvier 2026",
    ):
        assert expected in words
    assert "secret_code" not in words


def test_real_data_bear_no_mark() -> None:
    assert "INVENTÉES" not in export(report(first=cover(is_invented=False)))


def test_french_punctuation_does_not_break() -> None:
    page = export(whole_report())
    assert "D\u2019où viennent les chiffres\u00a0?" in page and "«\u00a0oui\u00a0»\u00a0; 94\u00a0%" in page


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_is_a_name(text: str) -> None:
    table = blocks.Table((text, "n"), [(text, text)], text)
    page = Outline(export(report(shown(blocks.figure(text, "<svg></svg>", text, text, table)), first=cover(text))))
    assert not page.all("script") and not page.all("eval")
    assert page.all("svg")[0]["aria-label"] == text


def test_the_same_notebook_gives_the_same_page() -> None:
    assert export(whole_report()) == export(whole_report())
