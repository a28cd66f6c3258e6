"""Names that try to be more than names, through every kind of report: the page stays the page, and the name can be read in it."""

import html
import io
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pdf_structure
import pikepdf
import pypdfium2
import pytest
from samples import cover, report, shown

from analysis.config import Config
from analysis.figures.fitting import width_of
from analysis.foreign_text import LONGEST_LABEL, UNPRINTABLE, label, labels
from analysis.reports import blocks
from analysis.reports.document import Document, read_document
from analysis.reports.language import Language
from analysis.reports.manifest import write_manifest
from analysis.reports.page import page_of
from analysis.reports.pdf import pdf_of
from analysis.reports.portal import write_portal
from tests import hostile_labels as h
from tests import published as p
from tests import published_adoption as a
from tests import published_equity as e
from tests import published_territory as t
from tests.reports.notebooks import executed, read

WRITERS = {"usage": p.write, "adoption": a.write, "equity": e.write, "territory": t.write, "quality": t.write}
PLAIN = tuple(f"Nom ordinaire {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
WORST = (
    h.HTML[0],
    h.TYPST[4],
    h.HTML[5],
    h.MARKDOWN[0],
    h.HTML[2],
    h.TYPST[0],
    h.LONG[0],
    h.LETTERS[5],
    h.TEMPLATES[1],
    h.HEBREW,
    h.SQL[2],
    h.HTML[1],
)


class Outline(HTMLParser):
    """What a page is made of: each element with the names of its attributes, what links lead to, and the words between."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self.drawn: set[str] = set()
        self.words: list[str] = []
        self.links: list[str] = []
        self._drawings = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = tuple(sorted(name for name, _ in attrs))
        assert not [name for name in names if name.startswith("on")], (tag, names)
        self.links += [str(value) for name, value in attrs if name in ("href", "src", "xlink:href")]
        self._drawings += tag == "svg"
        if self._drawings:
            self.drawn.add(tag)
        else:
            self.elements[tag, names] += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._drawings -= tag == "svg"

    def handle_data(self, data: str) -> None:
        self.words.append(data)


_TEXT = re.compile(r'<text style="([^"]*)"(?: x="([\d.-]+)")?[^>]*transform="(?!rotate\(-90)(?:translate\(([\d.-]+))?[^>]*>([^<]*)')
_SLACK = 4.0  # points: what a letter that no font of ours has may take more than one em


def outside(page: str) -> list[str]:
    """The words in drawings that leave the drawing at its left or right."""
    found = []
    for drawing in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        end = float(re.search(r'viewBox="0 0 ([\d.]+)', drawing)[1])  # type: ignore[index]
        for look, x, moved, written in _TEXT.findall(drawing):
            size = float(re.search(r"font-size: ([\d.]+)px", look)[1])  # type: ignore[index]
            width = 72 * width_of(html.unescape(written), size, is_bold="weight: 700" in look)
            share = {"end": 1.0, "middle": 0.5}.get((re.findall(r"text-anchor: (\w+)", look) or [""])[0], 0.0)
            left = float(x or moved or 0) - share * width
            found += [written] if left < -_SLACK or left + width > end + _SLACK else []
    return found


def document(kind: str, folder: Path, names: tuple[str, ...], lang: str = "fr", town: str = t.TWELVE) -> Document:
    """The report of that kind when schools, apps, parts of the portal and social bands have these names."""
    folder.mkdir(exist_ok=True)
    write = WRITERS[kind]
    path = write(folder / f"{kind}.duckdb", town) if write is t.write else write(folder / f"{kind}.duckdb")
    place = {} if write is t.write else {"uai": p.ANDROID}
    return read_document(executed(read(kind), period=p.PERIOD, lang=lang, published=str(h.rename(path, names)), **place))


def close(text: str) -> str:
    """A text without spaces and signs of direction, which lines and fonts move about."""
    return re.sub(r"[\s\u2066-\u2069]", "", text)


def is_told(name: str, text: str, lang: str) -> bool:
    return close(Language(lang).typeset(label(name))) in text


def checked(kind: str, names: tuple[str, ...], folder: Path, lang: str, expected: tuple[str, ...], town: str = t.TWELVE) -> None:
    """HTML and PDF of a report with hostile names: of the same elements as with plain ones, and the names can be read."""
    found = document(kind, folder / "hostile", names, lang, town)
    ordinary = document(kind, folder / "plain", PLAIN, lang, town)
    assert outside(page_of(found)) == []
    page, content = Outline(page_of(found)), pdf_of(found)
    plain = Outline(page_of(ordinary))
    assert page.elements == plain.elements
    assert page.drawn <= plain.drawn and "script" not in page.drawn
    assert {link.split("#")[0] for link in page.links} == {link.split("#")[0] for link in plain.links}
    assert not UNPRINTABLE.search(re.sub("[\u2068\u2069]", "", page_of(found)))
    (folder / f"{kind}.pdf").write_bytes(content)
    assert pdf_structure.faults(folder / f"{kind}.pdf", {"fr": "fr-FR", "en": "en-GB"}[lang]) == []
    printed = close("".join(each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(content)))
    shown = close("".join(page.words))
    assert [name for name in expected if not is_told(name, shown, lang)] == []
    drawn = [name for name in expected if name not in h.LETTERS]
    assert [name for name in drawn if not is_told(name, printed, lang)] == []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.docinfo.Title).startswith(Language(lang).typeset(found.facts.title))
        assert not [
            key
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary)
            for key in ("/JS", "/JavaScript", "/AA", "/URI")
            if key in item
        ]


@pytest.mark.parametrize("kind", ["usage", "territory"])
def test_a_report_with_hostile_names_is_the_same_page(kind: str, tmp_path: Path) -> None:
    checked(kind, WORST, tmp_path, "fr", WORST if kind == "territory" else WORST[:1])


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("kind", ["usage", "adoption", "equity"])
@pytest.mark.parametrize("first", range(len(h.HOSTILE)))
def test_any_hostile_name_in_any_report_of_a_school(first: int, kind: str, lang: str, tmp_path: Path) -> None:
    names = h.HOSTILE[first:] + h.HOSTILE[:first]
    checked(kind, names, tmp_path, lang, names[:1])


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("kind", ["territory", "quality"])
def test_any_hostile_name_in_any_report_of_the_territory(kind: str, lang: str, tmp_path: Path) -> None:
    checked(kind, h.HOSTILE, tmp_path, lang, h.HOSTILE[:40], t.FORTY)


def test_the_portal_is_the_same_page(tmp_path: Path) -> None:
    pages = []
    for folder, names in (("hostile", h.HOSTILE), ("plain", [f"Nom {number}" for number in range(len(h.HOSTILE))])):
        config = Config(data_dir=tmp_path / "data", reports_dir=tmp_path / folder, territory=names[5])
        entries = [_entry(config, f"{number:07}A", label(name)) for number, name in enumerate(names)]
        write_manifest(config.reports_dir / "2025-T1", entries, {}, "")
        pages.append(write_portal(config).read_text(encoding="utf-8"))
    hostile, plain = map(Outline, pages)
    assert hostile.elements == plain.elements
    assert Counter(hostile.links) == Counter(plain.links)
    said = close("".join(hostile.words))
    assert [name for name in h.HOSTILE if close(label(name)) not in said] == []


def _entry(config: Config, uai: str, name: str) -> dict:
    page = config.reports_dir / "2025-T1" / uai / "usage.html"
    page.parent.mkdir(parents=True)
    page.touch()
    files = [{"format": "html", "path": f"{uai}/usage.html", "sha256": ""}]
    facts = {"topic": "usage", "commune": name, "period_label": "1er trimestre", "is_invented": False, "produced_on": "2026-01-05"}
    return {"kind": "usage", "uai": uai, "lang": "fr", "school": name, "files": files, **facts}


def test_a_label_is_one_short_printable_line() -> None:
    found = labels(h.HOSTILE)
    assert len(set(found.values())) == len(h.HOSTILE)
    assert not [text for text in found.values() if len(text) > LONGEST_LABEL or UNPRINTABLE.search(text) or "\n" in text]
    assert label("École\tJean \u2028 Moulin\n") == "École Jean Moulin"
    assert label("A" * 100) == "A" * 55 + "…" + "A" * 24


def test_names_that_look_the_same_are_told_apart() -> None:
    assert labels(["Jeu", "Jeu\u200b", "Jeu ", "Autre"]) == {"Jeu": "Jeu", "Jeu ": "Jeu (2)", "Jeu\u200b": "Jeu (3)", "Autre": "Autre"}


UNDRAWN = ("🎉" * 3 + "漢字" * 20, "".join(chr(0x4E00 + n) for n in range(60)), "a\u20dd\u0489 x\u200dy", "👩‍🏫" * 5)


def test_a_text_that_no_font_draws_does_not_cost_the_report() -> None:
    found = read_document(report(*(shown(blocks.heading(text)) for text in (*UNDRAWN, "Été à 9 h", h.ARABIC))))
    printed = close("".join(each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(pdf_of(found))))
    assert "□" in printed and "Étéà9h" in printed


def test_what_one_font_draws_survives_an_emoji_elsewhere() -> None:
    found = read_document(report(shown(blocks.heading("École 👩‍🏫")), shown(blocks.heading("Ω ש"))))
    printed = close("".join(each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(pdf_of(found))))
    assert "École□□" in printed and "Ωש" in printed


def test_words_written_from_right_to_left_are_set_apart() -> None:
    found = read_document(report(shown(blocks.notice(h.HEBREW, "9 minutes")), first=cover(h.ARABIC)))
    page = html.unescape(page_of(found))
    assert "<strong>\u2068בית הספר 42 (ב\u2069)</strong> 9 minutes" in page
    assert "<h1>\u2068مدرسة\u2069 7</h1>" in page


def test_a_word_without_end_stays_on_the_page_and_is_copied_whole() -> None:
    word, longer = "W" * 80, "m" * 400
    found = read_document(report(shown(blocks.heading(word)), shown(blocks.table(["a", "b"], [[word, "1"]], longer)), first=cover(word)))
    page = pypdfium2.PdfDocument(pdf_of(found))[0]
    text = page.get_textpage()
    rights = [text.get_charbox(i)[2] for i in range(text.count_chars())]
    assert max(rights) < page.get_width() - 40
    assert close(text.get_text_range()).count(word) == 3 and longer in close(text.get_text_range())
