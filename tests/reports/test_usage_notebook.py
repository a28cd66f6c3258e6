"""The usage notebook: short cells, nothing but calls, and for each kind of school a report of 2 to 4 pages."""

import ast
from pathlib import Path

import nbformat
import pikepdf
import pytest

from analysis import figures
from analysis.reports.document import read_document
from analysis.reports.page import page_of
from analysis.reports.pdf import pdf_of
from tests import published as p

NOTEBOOK = Path(__file__).parents[2] / "notebooks/usage.ipynb"


@pytest.fixture(scope="module")
def notebook() -> nbformat.NotebookNode:
    return nbformat.read(NOTEBOOK, as_version=4)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(p.write(tmp_path_factory.mktemp("warehouse") / "warehouse.duckdb"))


def code_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_cells_are_short_and_hold_no_output(notebook: nbformat.NotebookNode) -> None:
    for cell in code_cells(notebook):
        assert len(cell.source.splitlines()) <= (4 if "parameters" in cell.metadata.get("tags", []) else 3)
        assert not cell.outputs
        assert cell.execution_count is None


def test_cells_hold_no_loop_no_condition_and_no_sql(notebook: nbformat.NotebookNode) -> None:
    forbidden = (ast.For, ast.While, ast.If, ast.FunctionDef, ast.ListComp, ast.Lambda, ast.Try)
    for cell in code_cells(notebook):
        assert not [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, forbidden)]
        assert "SELECT" not in cell.source.upper()


def test_parameters_are_tagged_and_every_figure_is_shown_once(notebook: nbformat.NotebookNode) -> None:
    tagged = [cell for cell in code_cells(notebook) if "parameters" in cell.metadata.get("tags", [])]
    names = [node.id for node in ast.walk(ast.parse(tagged[0].source)) if isinstance(node, ast.Name)]
    assert (len(tagged), names) == (1, ["uai", "period", "lang", "warehouse"])
    shown = [cell.source.removeprefix("figures.").partition("(")[0] for cell in code_cells(notebook) if cell.source.startswith("figures.")]
    assert sorted(shown) == sorted(figures.FIGURES)
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.language_info.name == "python"


def executed(notebook: nbformat.NotebookNode, **parameters: str) -> nbformat.NotebookNode:
    """The notebook run in this process, which takes a tenth of a kernel's time."""
    ran, names = nbformat.from_dict(notebook), dict[str, object](parameters)
    for cell in code_cells(ran):
        if "parameters" in cell.metadata.get("tags", []):
            continue
        tree = ast.parse(cell.source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "cell", "exec"), names)
        if isinstance(last, ast.Expr):
            shown = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
            cell.outputs = [nbformat.v4.new_output("display_data", data=shown._repr_mimebundle_())]
    ran.metadata["cartable"] = {"produced_on": "2026-01-05"}
    return ran


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("uai", list(p.NAMES))
def test_each_kind_of_school_gets_two_to_four_pages(
    notebook: nbformat.NotebookNode, warehouse: str, tmp_path: Path, uai: str, lang: str
) -> None:
    document = read_document(executed(notebook, uai=uai, period=p.PERIOD, lang=lang, warehouse=warehouse))
    (tmp_path / "usage.pdf").write_bytes(pdf_of(document))
    with pikepdf.open(tmp_path / "usage.pdf") as pdf:
        assert 2 <= len(pdf.pages) <= 4
    page = page_of(document)
    assert "<b>#let" not in page
    assert "<h1" in page
