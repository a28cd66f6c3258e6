"""The dossier of a school council: ten pages at most, a cover, a list of contents that is right, bookmarks, and words in one language."""

import datetime as dt
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from analysis.reports.document import Document, read_document
from analysis.reports.logo import read_logo
from analysis.reports.page import page_of
from analysis.reports.pdf import pdf_of
from tests import published as p
from tests import published_adoption as a
from tests import published_equity as e
from tests.reports.notebooks import executed, read
from tests.reports.pdf_structure import alternatives, faults

MOST_PAGES = 10
PARTS = [
    "Ce que nous avons appris",
    "L’usage des tablettes",
    "L’adoption des tablettes et de l’ENT",
    "L’équité",
    "Questions pour la réunion",
    "Les mots de ce dossier",
    "Comment on le sait",
    "La méthode",
]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0H9V9Z" fill="#332288"/></svg>'


class Dossiers:
    """Dossiers of the hand-made schools, each made once."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.published = folder, str(a.fill(e.write(folder / "figures.duckdb")))
        (folder / "logo.svg").write_text(SVG)
        self.document = cache(self._document)
        self.pdf = cache(self._pdf)

    def _document(self, uai: str, lang: str) -> Document:
        document = read_document(executed(read("dossier"), uai=uai, period=p.PERIOD, lang=lang, published=self.published))
        return Document(replace(document.facts, logo=read_logo(self.folder / "logo.svg")), document.pieces)

    def _pdf(self, uai: str, lang: str) -> Path:
        path = self.folder / f"{uai}.{lang}.pdf"
        path.write_bytes(pdf_of(self.document(uai, lang)))
        return path

    def texts(self, uai: str, lang: str) -> list[str]:
        """The words of each page."""
        with pypdfium2.PdfDocument(self.pdf(uai, lang)) as pdf:
            return [page.get_textpage().get_text_range() for page in pdf]


@pytest.fixture(scope="module")
def dossiers(tmp_path_factory: pytest.TempPathFactory) -> Dossiers:
    return Dossiers(tmp_path_factory.mktemp("dossiers"))


@pytest.mark.parametrize(("uai", "lang"), [(p.ANDROID, "fr"), (p.ANDROID, "en"), (p.TINY, "fr"), (p.EMPTY, "fr")])
def test_a_dossier_has_ten_pages_at_most_and_is_accessible(dossiers: Dossiers, uai: str, lang: str) -> None:
    _check(dossiers, uai, lang)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("uai", [*p.NAMES, a.HALF, e.NO_TRAITS, e.ONE_CLASS])
def test_every_kind_of_school_gets_such_a_dossier(dossiers: Dossiers, uai: str, lang: str) -> None:
    _check(dossiers, uai, lang)


def _check(dossiers: Dossiers, uai: str, lang: str) -> None:
    path, texts = dossiers.pdf(uai, lang), dossiers.texts(uai, lang)
    assert 5 <= len(texts) <= MOST_PAGES
    assert faults(path, {"fr": "fr-FR", "en": "en-GB"}[lang]) == []
    assert [text.rsplit("/", 1)[1].strip() for text in (page.strip() for page in texts)] == [str(len(texts))] * len(texts)


def test_the_contents_name_each_part_and_the_page_that_it_stands_on(dossiers: Dossiers) -> None:
    cover, *pages = [text.replace("\u00a0", " ").splitlines() for text in dossiers.texts(p.ANDROID, "fr")]
    listed = {
        line.split(" .")[0].split("..")[0].strip(): int(line.split()[-1].strip(".")) for line in cover if re.search(r"\.\s?\d+$", line)
    }
    assert list(listed) == [*PARTS, "Les chiffres des figures"]
    for title, number in listed.items():
        assert title in pages[number - 2]


def test_each_part_is_a_bookmark(dossiers: Dossiers) -> None:
    with pikepdf.open(dossiers.pdf(p.ANDROID, "fr")) as pdf, pdf.open_outline() as outline:
        (school,) = outline.root
        assert str(school.title) == p.NAMES[p.ANDROID]
        titles = [str(item.title) for item in school.children]
        assert titles == [*PARTS, "Les chiffres des figures"]
        assert [str(item.title) for item in school.children[0].children] == ["L’usage de la tablette", "L’adoption", "L’équité"]


def test_the_logo_is_called_by_the_name_of_the_town_and_every_drawing_by_what_it_shows(dossiers: Dossiers) -> None:
    with pikepdf.open(dossiers.pdf(p.ANDROID, "fr")) as pdf:
        logo, *drawings = alternatives(pdf)
    assert logo == p.TOWN
    assert len(drawings) >= 8
    assert all(len(words) > 20 for words in drawings)
    assert f'alt="{p.TOWN}"' in page_of(dossiers.document(p.ANDROID, "fr"))


def test_without_a_logo_the_cover_has_the_name_of_the_town(dossiers: Dossiers) -> None:
    document = dossiers.document(p.EMPTY, "fr")
    plain = Document(replace(document.facts, logo=None), document.pieces)
    assert "<img" not in page_of(plain)
    with pypdfium2.PdfDocument(pdf_of(plain)) as pdf:
        assert p.TOWN in pdf[0].get_textpage().get_text_range().splitlines()


def test_the_page_lists_the_same_parts_and_each_link_leads_to_its_heading(dossiers: Dossiers) -> None:
    page = page_of(dossiers.document(p.ANDROID, "fr"))
    contents = page[page.index("<nav") : page.index("</nav>")]
    links = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', contents)
    assert [words for _, words in links] == PARTS
    assert all(f'<h2 id="{anchor}">{words}</h2>' in page for anchor, words in links)


def test_no_english_in_a_french_dossier_and_no_french_in_an_english_one(dossiers: Dossiers) -> None:
    french, english = (" ".join(" ".join(dossiers.texts(p.ANDROID, lang)).split()) for lang in ("fr", "en"))
    assert not re.search(r"\b(the|of|and|pupils?|tablets?|nan|None|week)\b", french)
    ours = english.replace("École élémentaire", "").replace("Titre du format", "")
    assert not re.search(r"\b(les|des|élèves?|tablettes|semaine|nan|None)\b", ours)
    assert "Contents" in english


@pytest.mark.parametrize(
    ("uai", "said"),
    [
        (p.TINY, ("Cette école compte trop peu d’élèves équipés pour publier leurs usages.", "moins de 11 élèves")),
        (p.EMPTY, ("Aucune donnée n’est arrivée pour cette école sur cette période.", "Qui peut demander les exports, et pour quand ?")),
    ],
)
def test_a_school_of_which_nothing_may_be_told_gets_an_honest_dossier(dossiers: Dossiers, uai: str, said: tuple[str, str]) -> None:
    text = " ".join(" ".join(dossiers.texts(uai, "fr")).replace("\u00a0", " ").split())
    essentials = dossiers.texts(uai, "fr")[1].replace("\u00a0", " ")
    assert said[0] in " ".join(essentials.split())
    assert said[1] in text
    assert not re.search(r"(?<!\d)(42|42,17) %|0,42|0\.42", text)  # p.SECRET


def test_it_is_dated_by_the_day_that_it_was_made_on(dossiers: Dossiers) -> None:
    assert dossiers.document(p.ANDROID, "fr").facts.produced_on == dt.date(2026, 1, 5)
    assert "produit le 5 janvier 2026" in dossiers.texts(p.ANDROID, "fr")[0].replace("\u00a0", " ")
