"""The PDF exporter: PDF/UA-1, structure, marks, sameness."""

from pathlib import Path

import pdf_structure
import pikepdf
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from samples import HOSTILE, cover, report, shown, whole_report

from analysis.reports import blocks
from analysis.reports.exporters import CartablePdf
from analysis.reports.refusal import RefusedError


def export(notebook: NotebookNode, folder: Path) -> Path:
    path = folder / "report.pdf"
    path.write_bytes(CartablePdf().from_notebook_node(notebook)[0])
    return path


def test_a_whole_report_is_accessible(tmp_path: Path) -> None:
    path = export(whole_report(), tmp_path)
    assert pdf_structure.faults(path) == []
    with pikepdf.open(path) as pdf:
        tags = [str(element.S) for element in pdf_structure.elements(pdf)]
        assert pdf_structure.alternatives(pdf) == ["Une courbe plate à 9 minutes.", "Cinq barres égales."]
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/L", "/P"} <= set(tags)
    assert tags.count("/Table") == 4  # the cell's, the text's, and one for each figure


def test_metadata_say_what_the_cover_says(tmp_path: Path) -> None:
    with pikepdf.open(export(whole_report(), tmp_path)) as pdf:
        assert str(pdf.docinfo.Title) == "École élémentaire Les Tilleuls · usage des tablettes · 1er trimestre 2025-2026"
        assert str(pdf.docinfo.Author) == "Ville de Valmont"
        assert str(pdf.docinfo.CreationDate).startswith("D:20260105")


def test_the_same_notebook_gives_the_same_bytes(tmp_path: Path) -> None:
    assert CartablePdf().from_notebook_node(whole_report())[0] == CartablePdf().from_notebook_node(whole_report())[0]


def test_code_is_hidden_and_the_title_is_the_covers(tmp_path: Path) -> None:
    with pikepdf.open(export(report(), tmp_path)) as pdf:
        headings = [str(element.get("/T", "")) for element in pdf_structure.elements(pdf) if element.S == "/H1"]
    assert headings == ["École élémentaire Les Tilleuls"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_is_a_name(text: str, tmp_path: Path) -> None:
    table = blocks.Table((text, "n"), [(text, text)], text)
    path = export(report(shown(blocks.figure(text, SVG_SMALL, text, text, table)), first=cover(text)), tmp_path)
    assert pdf_structure.faults(path) == []
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo.Title).startswith(text)


@pytest.mark.parametrize("name", ["École 🎉", "学校", "مدرسة", "בית ספר"])
def test_a_letter_that_no_font_draws_is_a_square_not_a_failure(name: str, tmp_path: Path) -> None:
    assert pdf_structure.faults(export(report(first=cover(name)), tmp_path)) == []


def test_headings_that_skip_a_level_are_put_in_order(tmp_path: Path) -> None:
    path = export(report(new_markdown_cell("#### Profond\n\nMot."), new_markdown_cell("# Encore un titre")), tmp_path)
    assert pdf_structure.faults(path) == []


def test_a_block_that_skips_a_level_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="skipped from heading level 1 to 3"):
        export(report(shown(blocks.heading("Trop profond", level=3))), tmp_path)


def test_tables_of_figures_stand_where_the_report_says(tmp_path: Path) -> None:
    figure = blocks.figure("Titre", SVG_SMALL, "alt", table=blocks.Table(("a",), [("1",)], "Les chiffres"))
    path = export(report(shown(figure), shown(blocks.figure_tables("Annexe")), shown(blocks.heading("Fin"))), tmp_path)
    with pikepdf.open(path) as pdf:
        order = [str(element.get("/T", element.S)) for element in pdf_structure.elements(pdf) if str(element.S) in ("/H2", "/Table")]
    assert order == ["Titre", "Annexe", "/Table", "Fin"]


def test_an_english_report_is_in_english(tmp_path: Path) -> None:
    assert pdf_structure.faults(export(report(first=cover("The Limes", lang="en")), tmp_path), lang="en-GB") == []


SVG_SMALL = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="10"><text y="9">été</text></svg>'
