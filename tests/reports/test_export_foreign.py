"""A researcher's own notebook: tables, pictures and text come out as well as can be, or with a sentence that says why not."""

import base64
import shutil
from contextlib import suppress
from pathlib import Path

import nbconvert
import nbformat
import pandas as pd
import pdf_structure
import pikepdf
import pytest
from nbconvert.nbconvertapp import NbConvertApp
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from samples import SVG, output_cell, report

from analysis.reports.exporters import CartableHtml, CartablePdf
from analysis.reports.refusal import RefusedError

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def notebook(*cells: NotebookNode) -> NotebookNode:
    return new_notebook(cells=[new_markdown_cell("# Mon *étude*\n\nDu texte."), *cells])


def checked_pdf(source: NotebookNode, folder: Path) -> Path:
    path = folder / "study.pdf"
    path.write_bytes(CartablePdf().from_notebook_node(source)[0])
    assert pdf_structure.faults(path) == []
    return path


def test_a_notebook_without_cover_has_the_title_of_its_first_heading(tmp_path: Path) -> None:
    with pikepdf.open(checked_pdf(notebook(), tmp_path)) as pdf:
        assert str(pdf.docinfo.Title) == "Mon étude"


def test_a_frame_is_a_table_with_headings(tmp_path: Path) -> None:
    frame = pd.DataFrame({"école": ["#A", "<b>"], "minutes": [9, 12]})
    cell = output_cell({"text/html": frame._repr_html_(), "text/plain": str(frame)})
    with pikepdf.open(checked_pdf(notebook(cell), tmp_path)) as pdf:
        assert [str(element.S) for element in pdf_structure.elements(pdf)].count("/TH") == 3
    page = CartableHtml().from_notebook_node(notebook(cell))[0]
    assert 'scope="col"' in page and "&lt;b&gt;" in page and "<style scoped" not in page


@pytest.mark.parametrize("data", [{"image/png": PNG}, {"image/svg+xml": SVG}, {"image/png": PNG, "text/plain": "<Figure>"}])
def test_a_picture_says_what_its_cell_says(data: dict[str, object], tmp_path: Path) -> None:
    cell = output_cell(data, alt="Une barre.")
    with pikepdf.open(checked_pdf(notebook(cell), tmp_path)) as pdf:
        assert pdf_structure.alternatives(pdf) == ["Une barre."]
    assert "Une barre." in CartableHtml().from_notebook_node(notebook(cell))[0]


def test_a_picture_takes_the_name_of_its_heading(tmp_path: Path) -> None:
    cells = (new_markdown_cell("## Les minutes"), output_cell({"image/png": PNG}))
    with pikepdf.open(checked_pdf(notebook(*cells), tmp_path)) as pdf:
        assert pdf_structure.alternatives(pdf) == ["Les minutes"]


def test_a_picture_that_nothing_describes_is_refused() -> None:
    with pytest.raises(RefusedError, match="cell 2 shows a picture without a text alternative"):
        CartablePdf().from_notebook_node(notebook(output_cell({"image/png": PNG})))


def test_a_picture_in_a_text_cell_is_refused() -> None:
    with pytest.raises(RefusedError, match="cell 2: a picture stands in a text cell"):
        CartablePdf().from_notebook_node(notebook(new_markdown_cell("![](logo.png)")))


def test_an_error_is_refused_and_its_words_are_not_repeated() -> None:
    failed = new_code_cell("x", outputs=[new_output("error", ename="KeyError", evalue="Dupont", traceback=[])])
    with pytest.raises(RefusedError, match="cell 2 ended in an error") as refusal:
        CartablePdf().from_notebook_node(notebook(failed))
    assert "Dupont" not in str(refusal.value)


def test_text_and_what_was_printed_are_kept(tmp_path: Path) -> None:
    printed = new_code_cell(
        "x", outputs=[new_output("stream", name="stdout", text="ligne #1\n"), new_output("stream", name="stderr", text="warning")]
    )
    page = CartableHtml().from_notebook_node(notebook(output_cell({"text/plain": "42 <x>"}), printed))[0]
    assert "<pre>42 &lt;x&gt;</pre>" in page and "ligne #1" in page and "warning" not in page
    checked_pdf(notebook(output_cell({"text/plain": "42 <x>"}), printed), tmp_path)


def test_what_a_report_prints_on_the_way_is_left_out() -> None:
    printed = new_code_cell("x", outputs=[new_output("stream", name="stdout", text="bavardage")])
    assert "bavardage" not in CartableHtml().from_notebook_node(report(printed))[0]


def test_html_of_a_text_cell_is_words_not_markup() -> None:
    page = CartableHtml().from_notebook_node(notebook(new_markdown_cell("a <script>alert(1)</script> <b>c</b>")))[0]
    assert "<script" not in page and "<b>" not in page


@pytest.mark.parametrize("name", ["cartable_pdf", "cartable_html"])
def test_jupyterlab_offers_the_exporters(name: str) -> None:
    if name not in nbconvert.get_export_names():
        pytest.fail(f"{name} is not an entry point: install the project again (uv sync)")
    assert nbconvert.get_exporter(name)().export_from_notebook


def test_the_sample_picture_is_a_picture() -> None:
    assert base64.b64decode(PNG).startswith(b"\x89PNG")


WARNING = "Document de travail, à ne pas diffuser."


@pytest.mark.parametrize(
    ("source", "warned"),
    [("import duckdb", True), ("%sql SELECT 1", True), ('from analysis.reports import blocks\nblocks.note("x")', False)],
)
def test_a_notebook_that_does_more_than_show_published_figures_says_so_first(source: str, warned: bool) -> None:
    page = CartableHtml().from_notebook_node(notebook(new_code_cell(source)))[0]
    assert (WARNING in page) == warned
    assert not warned or page.index(WARNING) < page.index("Du texte.")


@pytest.mark.parametrize(
    ("folder", "written"), [("reports", False), ("reports/2025-T1/9980001A", False), ("mine", True), ("reports of mine", True)]
)
def test_nbconvert_writes_nothing_among_the_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, written: bool) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cartable.toml").write_text("")
    (tmp_path / folder).mkdir(parents=True)
    nbformat.write(notebook(), tmp_path / "study.ipynb")
    for arguments in (["study.ipynb", "--output-dir", folder], ["study.ipynb", "--output", f"{folder}/other"], [_copied(tmp_path, folder)]):
        NbConvertApp.clear_instance()
        with suppress(SystemExit):  # how nbconvert says that an export failed
            NbConvertApp.launch_instance(["--to", "cartable_html", *arguments])
    assert len(list((tmp_path / folder).glob("*.html"))) == (2 if written else 0)


def _copied(folder: Path, name: str) -> str:
    """The notebook beside which nbconvert would write by default."""
    return str(shutil.copy(folder / "study.ipynb", folder / name / "study.ipynb"))


def test_what_a_browser_takes_from_the_menu_is_not_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kept notebook is opened where it stands, and the browser saves the export where its user wants."""
    monkeypatch.chdir(tmp_path)
    where = {"metadata": {"name": "usage", "path": str(tmp_path / "reports" / "2025-T1")}}
    assert "Mon" in CartableHtml().from_notebook_node(notebook(), where)[0]
