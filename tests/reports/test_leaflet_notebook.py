"""The leaflet for families: two small pages, no table, no share in percent, and French that is easy by a published measure."""

import re
from functools import cache
from html import unescape
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from analysis.reports.document import Document, read_document
from analysis.reports.page import page_of
from analysis.reports.pdf import pdf_of
from tests import published as p
from tests import published_adoption as a
from tests import published_equity as e
from tests.readability import ease, longest, sentences_of, syllables
from tests.reports.notebooks import executed, read
from tests.reports.pdf_structure import faults

EASY, MOST_WORDS = 88, 14  # 90 is "very easy"; a school without figures has only its longest sentences left
A5 = (420, 595)  # points, rounded
JARGON = re.compile(r"médiane|couverture|intervalle|jour-élève|jours-tablettes|indicateur|usager|%|\bIPS\b|équipé", re.IGNORECASE)
SCHOOLS = list(p.NAMES)


class Leaflets:
    """Leaflets of the hand-made schools, each made once."""

    def __init__(self, folder: Path) -> None:
        self.published = str(a.fill(e.write(folder / "figures.duckdb")))
        self.document = cache(self._document)

    def _document(self, uai: str, lang: str) -> Document:
        return read_document(executed(read("leaflet"), uai=uai, period=p.PERIOD, lang=lang, published=self.published))

    def lines(self, uai: str, lang: str) -> list[str]:
        """The headings, paragraphs and points that a family reads, without its last line, an address."""
        page = page_of(self.document(uai, lang))
        found = re.findall(r"<(?:p|li|h\d)[^>]*>(.*?)</(?:p|li|h\d)>", page[page.index("<main") : page.index("</main>")], re.DOTALL)
        return [unescape(re.sub(r"<[^>]+>", "", each)).replace("\u00a0", " ").strip() for each in found][:-1]


@pytest.fixture(scope="module")
def leaflets(tmp_path_factory: pytest.TempPathFactory) -> Leaflets:
    return Leaflets(tmp_path_factory.mktemp("leaflets"))


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("uai", SCHOOLS)
def test_each_school_gets_two_small_accessible_pages(leaflets: Leaflets, tmp_path: Path, uai: str, lang: str) -> None:
    document = leaflets.document(uai, lang)
    (tmp_path / "leaflet.pdf").write_bytes(pdf_of(document))
    with pikepdf.open(tmp_path / "leaflet.pdf") as pdf:
        assert [tuple(round(float(side)) for side in page.mediabox[2:]) for page in pdf.pages] == [A5, A5]
    assert faults(tmp_path / "leaflet.pdf", {"fr": "fr-FR", "en": "en-GB"}[lang]) == []
    assert "<table" not in page_of(document)


def test_the_address_of_the_town_stands_on_one_line(leaflets: Leaflets) -> None:
    with pypdfium2.PdfDocument(pdf_of(leaflets.document(p.ANDROID, "fr"))) as pdf:
        assert any("numerique@valmont.example" in line for line in pdf[1].get_textpage().get_text_range().splitlines())


@pytest.mark.parametrize("uai", SCHOOLS)
def test_its_french_is_easy(leaflets: Leaflets, uai: str) -> None:
    lines = leaflets.lines(uai, "fr")
    assert len(lines) >= 12
    assert ease(lines) >= EASY
    assert longest(lines) <= MOST_WORDS
    assert not JARGON.search(" ".join(lines))


@pytest.mark.parametrize("uai", SCHOOLS)
def test_its_english_says_as_much_in_sentences_as_short(leaflets: Leaflets, uai: str) -> None:
    english = leaflets.lines(uai, "en")
    assert len(english) == len(leaflets.lines(uai, "fr"))
    assert longest(english) <= MOST_WORDS + 2
    assert not re.search(r"\b(les|des|élèves?|tablettes|nan|None)\b", " ".join(english))


@pytest.mark.parametrize(
    ("uai", "said"),
    [
        (p.ANDROID, "Un élève qui a une tablette s’en sert 9 minutes par jour d’école."),
        (p.IPAD, "On ne sait pas combien de temps elle sert."),
        (p.TROLLEYS, "Une tablette sert 41 minutes par jour d’école."),
        (p.LOW, "Nous n’avons pas reçu assez de chiffres."),
        (p.TINY, "Avec un chiffre, on pourrait reconnaître un enfant."),
        (p.EMPTY, "Nous n’avons pas encore de chiffres pour cette école."),
    ],
)
def test_it_begins_with_what_is_known(leaflets: Leaflets, uai: str, said: str) -> None:
    assert said in leaflets.lines(uai, "fr")[0]


def test_it_tells_no_more_than_its_figures(leaflets: Leaflets) -> None:
    lines = leaflets.lines(p.ANDROID, "fr")
    known = ["La tablette sert six jours sur dix.", "Elle sert surtout en classe.", "Les filles et les garçons s’en servent autant."]
    assert set(known) <= set(lines)
    assert not {line for line in leaflets.lines(p.TINY, "fr") if "sur dix" in line or "filles" in line}
    assert not {line for line in leaflets.lines(p.CHROMEBOOK, "fr") if "filles" in line}  # the interval is wide


@pytest.mark.parametrize(
    ("word", "number"),
    [
        *(("école", 2), ("tablette", 2), ("chiffre", 1), ("les", 1), ("le", 1), ("enfant", 2), ("filles", 1), ("garçons", 2), ("idée", 2)),
        *(("l’école", 2), ("sert-elle", 2), ("théâtre", 2), ("Noël", 2), ("qui", 1), ("longue", 1), ("moyenne", 2), ("oiseau", 2)),
        *(("numérique", 3), ("établissement", 5), ("confidentialité", 6), ("reconnaître", 3), ("lieu", 1), ("travail", 2), ("11", 2)),
    ],
)
def test_syllables_are_those_that_one_hears(word: str, number: int) -> None:
    assert syllables(word) == number


def test_the_measure_is_that_of_kandel_and_moles() -> None:
    # two sentences, seven words, nine syllables: 207 - 1.015 * 7 / 2 - 73.6 * 9 / 7
    assert sentences_of(["Le chat dort. La tablette est là."]) == ["Le chat dort.", "La tablette est là."]
    assert ease(["Le chat dort. La tablette est là."]) == pytest.approx(207 - 1.015 * 7 / 2 - 73.6 * 8 / 7)
    office = "La confidentialité des indicateurs territoriaux nécessite une concertation approfondie des administrations concernées."
    assert ease([office]) < 20
