"""What is planted in the whole commune is not only measured: the reports say it, in French, to whoever reads them."""

import re

import pytest

from analysis.reports.document import read_document
from analysis.reports.page import page_of
from tests.conftest import DemoTown
from tests.reports.notebooks import executed, read

pytestmark = pytest.mark.slow
PERIOD = "2025-T1"
TILLEULS, MOULIN, POMMERAIE, HIRONDELLES, PORT = "9980001C", "9980002D", "9980003E", "9980006H", "9980007J"


def said(commune: DemoTown, kind: str, uai: str = "") -> str:
    """The words of a report, tags and drawings taken out, with plain spaces and apostrophes."""
    given = {"uai": uai, "period": PERIOD, "lang": "fr", "published": str(commune.config.published)}
    page = page_of(read_document(executed(read(kind), **given), kind))
    words = re.sub(r"<[^>]+>", " ", re.sub(r"<(style|svg).*?</\1>", " ", page, flags=re.DOTALL))
    return re.sub(r"\s+", " ", words).replace("\u2019", "'")


def test_the_gap_between_social_bands(commune: DemoTown) -> None:
    assert "Les élèves de milieu défavorisé utilisent la tablette 3 minutes de moins par jour que les autres" in said(commune, "territory")


def test_the_equality_of_girls_and_boys(commune: DemoTown) -> None:
    assert "Les filles et les garçons utilisent autant la tablette, à une minute près" in said(commune, "territory")


def test_the_twin_schools(commune: DemoTown) -> None:
    """One uses the tablet more than the other, and each report gives its own minutes with their interval."""
    more, less = said(commune, "usage", MOULIN), said(commune, "usage", POMMERAIE)
    assert "un élève utilise sa tablette 11 minutes par jour de classe" in more
    assert "un élève utilise sa tablette 7 minutes par jour de classe" in less


def test_the_late_class(commune: DemoTown) -> None:
    words = said(commune, "adoption", TILLEULS)
    assert "Une partie des élèves a reçu sa tablette en cours de période" in words
    assert "à partir du 13 octobre" in words


def test_the_training(commune: DemoTown) -> None:
    words = said(commune, "adoption", HIRONDELLES)
    assert "Après la formation du 5 novembre : 6 minutes de plus par jour de classe" in words
    assert "un changement est associé à la formation, rien ne montre qu'il en vient" in words
    assert not re.search(r"\beffet\b", words)


def test_the_unused_trolley(commune: DemoTown) -> None:
    assert "Un tiers des tablettes partagées n'a servi aucun jour" in said(commune, "adoption", PORT)


def test_the_closed_school(commune: DemoTown) -> None:
    assert "École fermée, la tablette sert une fois sur deux" in said(commune, "adoption", POMMERAIE)
