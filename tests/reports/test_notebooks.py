"""Every notebook: short cells, nothing but calls; and every figure stands in one of them."""

import ast
import re

import pytest
from nbformat import NotebookNode

from analysis import figures
from analysis.reports.orders import is_of_a_school, report_kinds
from tests.reports.notebooks import FOLDER, code_cells, is_parameters, read

NAMES = sorted(path.stem for path in FOLDER.glob("*.ipynb"))
REPORTS = [name for name in NAMES if name in report_kinds()]
FORBIDDEN = (ast.For, ast.While, ast.If, ast.FunctionDef, ast.ListComp, ast.Lambda, ast.Try)


def figures_of(name: str) -> list[str]:
    """The figures that a notebook shows, one for each cell that shows one."""
    found = (re.match(r"figures\.(\w+)\(", cell.source) for cell in code_cells(read(name)))
    return [match[1] for match in found if match]


def parameters_of(notebook: NotebookNode) -> list[str]:
    tagged = [cell for cell in code_cells(notebook) if is_parameters(cell)]
    assert len(tagged) == 1
    return [node.id for node in ast.walk(ast.parse(tagged[0].source)) if isinstance(node, ast.Name)]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "explore"])  # a researcher's, held by tests/lab/test_explore.py
def test_cells_are_short_and_hold_no_output(name: str) -> None:
    for cell in code_cells(read(name)):
        assert len(cell.source.splitlines()) <= (4 if is_parameters(cell) else 3)
        assert not cell.outputs
        assert cell.execution_count is None


@pytest.mark.parametrize("name", REPORTS)
def test_cells_hold_no_loop_no_condition_and_no_sql(name: str) -> None:
    for cell in code_cells(read(name)):
        assert not [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, FORBIDDEN)]
        assert "SELECT" not in cell.source.upper()


@pytest.mark.parametrize("name", NAMES)
def test_the_kernel_is_named(name: str) -> None:
    notebook = read(name)
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.language_info.name == "python"


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_says_whom_it_is_about_and_opens_with_its_title(name: str) -> None:
    about = ["uai"] if is_of_a_school(FOLDER / f"{name}.ipynb") else []
    assert parameters_of(read(name)) == [*about, "period", "lang", "published"]
    shown = [cell.source for cell in code_cells(read(name)) if cell.source.startswith("figures.")]
    assert shown[0] == f'figures.title_block({"school" if about else "territory"}, "{name}")'


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_shows_a_figure_once_and_ends_with_method_contact_and_numbers(name: str) -> None:
    shown = figures_of(name)
    assert len(shown) == len(set(shown))
    assert shown[-2:] == ["contact", "data_tables"]
    assert shown[-3].endswith("method")


def test_every_figure_stands_in_some_notebook() -> None:
    assert sorted({figure for name in NAMES for figure in figures_of(name)}) == sorted(figures.FIGURES)
