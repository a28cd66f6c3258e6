"""The notebook of the territory: for each hand-made town a report, in French and in English, whole and accessible."""

import re
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from analysis.reports.document import read_document
from analysis.reports.page import page_of
from analysis.reports.pdf import pdf_of
from tests import published as p
from tests import published_territory as t
from tests.reports.notebooks import executed, read
from tests.reports.pdf_structure import faults

PAGES = {t.TWELVE: (6, 8), t.ONE: (4, 6), t.PORTAL_ONLY: (3, 5), t.TABLETS_ONLY: (6, 8), t.FORTY: (9, 14), t.NOTHING_AT_ALL: (2, 3)}


# in English the first town alone: which figures a town shows in which language, the tests of the figures look at one by one
@pytest.mark.parametrize(
    ("town", "lang"),
    [(t.TWELVE, "en"), *((town, "fr") for town in t.TOWNS)]
    + [pytest.param(town, "en", marks=pytest.mark.slow) for town in t.TOWNS if town != t.TWELVE],
)
def test_each_town_gets_its_report(tmp_path: Path, town: str, lang: str) -> None:
    published = str(t.write(tmp_path / "figures.duckdb", town))
    document = read_document(executed(read("territory"), period=p.PERIOD, lang=lang, published=published))
    (tmp_path / "territory.pdf").write_bytes(pdf_of(document))
    least, most = PAGES[town]
    with pikepdf.open(tmp_path / "territory.pdf") as pdf:
        assert least <= len(pdf.pages) <= most
    assert faults(tmp_path / "territory.pdf") == ([] if lang == "fr" else ["language is not fr-FR"])
    page = page_of(document)
    read_out = re.sub(t.CUMULATED, "", page, flags=re.DOTALL).replace("\u00a0", " ")
    assert not re.search(r"0[,.]42|\b42\s?%|4217", read_out)
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
