"""The notebook on equity: for each kind of school, a report of 2 to 4 pages."""

import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pikepdf
import pytest

from analysis.reports.document import read_document
from analysis.reports.page import page_of
from analysis.reports.pdf import pdf_of
from tests import published as p
from tests import published_equity as e
from tests.reports.notebooks import executed, read


@pytest.fixture(scope="module")
def notebook() -> nbformat.NotebookNode:
    return read("equity")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(e.write(tmp_path_factory.mktemp("published") / "figures.duckdb"))


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("uai", e.KINDS)
def test_each_kind_of_school_gets_two_to_four_pages(
    notebook: nbformat.NotebookNode, published: str, tmp_path: Path, uai: str, lang: str
) -> None:
    document = read_document(executed(notebook, uai=uai, period=p.PERIOD, lang=lang, published=published))
    (tmp_path / "equity.pdf").write_bytes(pdf_of(document))
    with pikepdf.open(tmp_path / "equity.pdf") as pdf:
        assert 2 <= len(pdf.pages) <= 4
    page = page_of(document)
    assert "<b>#let" not in page
    assert not re.search(r"0[,.]42|\b42\s?%|4217", page.replace("\u00a0", " "))
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
