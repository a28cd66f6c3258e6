"""The adoption notebook: for each kind of school, a report of 2 to 4 pages, in both languages."""

from pathlib import Path

import pikepdf
import pytest

from analysis.reports.document import read_document
from analysis.reports.page import page_of
from analysis.reports.pdf import pdf_of
from tests import published as p
from tests import published_adoption as a
from tests.reports.notebooks import executed, read


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(a.write(tmp_path_factory.mktemp("published") / "figures.duckdb"))


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("uai", list(a.NAMES))
def test_each_kind_of_school_gets_two_to_four_pages(published: str, tmp_path: Path, uai: str, lang: str) -> None:
    document = read_document(executed(read("adoption"), uai=uai, period=p.PERIOD, lang=lang, published=published))
    (tmp_path / "adoption.pdf").write_bytes(pdf_of(document))
    with pikepdf.open(tmp_path / "adoption.pdf") as pdf:
        assert 2 <= len(pdf.pages) <= 4
    page = page_of(document)
    assert "<b>#let" not in page
    assert "<h1" in page
