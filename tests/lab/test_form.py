"""The form: a copy of the notebook with the values in its cell of parameters, the notebook itself untouched."""

import ast
from pathlib import Path

import ipywidgets
import nbformat
import pytest

from analysis.config import Config
from analysis.errors import UserError
from analysis.lab import choose, with_parameters
from analysis.reports.door import fault_of
from analysis.reports.orders import NOTEBOOKS, period_kinds, report_kinds
from tests.reports.notebooks import code_cells, is_parameters, read


def values(source: str) -> dict[str, object]:
    return {node.targets[0].id: ast.literal_eval(node.value) for node in ast.parse(source).body}


def parameters(path: Path) -> str:
    return next(cell.source for cell in code_cells(nbformat.read(path, as_version=4)) if is_parameters(cell))


def test_values_are_written_and_comments_stay() -> None:
    before, given = read("usage"), {"uai": "9980001C", "period": "2025-T1", "lang": "en", "published": 'C:\\l\'école "é"'}
    after = with_parameters(before, given)
    source = next(cell.source for cell in code_cells(after) if is_parameters(cell))
    assert values(source) == given
    assert "# empty: the first school by name" in source
    assert [cell.source for cell in after.cells if not is_parameters(cell)] == [
        cell.source for cell in before.cells if not is_parameters(cell)
    ]
    assert before == read("usage")


@pytest.mark.parametrize("given", [{"school": "9980001C"}, {"uai": 3}, {"lang": "it"}])
def test_what_the_cell_does_not_have_is_refused(given: dict) -> None:
    with pytest.raises(UserError):
        with_parameters(read("usage"), given)


def fields(form: ipywidgets.VBox) -> dict[str, ipywidgets.Dropdown]:
    return {each.description: each for each in form.children if isinstance(each, ipywidgets.Dropdown)}


def test_the_button_writes_a_copy_that_the_door_lets_through(town: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    form = choose(str(town.published))
    asked = fields(form)
    assert asked["École"].options == (("École du Test (0920001B)", "0920001B"),)
    assert asked["Période"].value == "2025-T1"
    asked["Période"].value, asked["Langue"].value = "2025-10", "en"
    button = next(each for each in form.children if isinstance(each, ipywidgets.Button))
    button.click()
    written = tmp_path / "chosen" / "usage-0920001B-2025-10-en.ipynb"
    assert values(parameters(written)) == {"uai": "0920001B", "period": "2025-10", "lang": "en", "published": str(town.published)}
    assert fault_of(nbformat.read(written, as_version=4)) == ""
    written.write_text(written.read_text("utf-8").replace("# empty: the first school by name", "# mine"), "utf-8")
    button.click()
    assert "# mine" in parameters(written)


def test_a_report_on_the_territory_asks_for_no_school_and_periods_are_those_it_is_made_for(town: Config) -> None:
    asked = fields(choose(str(town.published)))
    for kind, path in report_kinds().items():
        asked["Rapport"].value = kind
        assert asked["École"].disabled == (kind in ("territory", "quality", "outcomes"))
        of_year = {"year"} == period_kinds(path)
        assert all((len(period) == 9) == of_year for period in asked["Période"].options) if of_year else asked["Période"].options


def test_what_is_chosen_is_no_kind_of_report_and_not_in_git() -> None:
    assert not {"explore", "start"} & set(report_kinds())
    assert "/notebooks/chosen/" in (NOTEBOOKS.parent / ".gitignore").read_text("utf-8").splitlines()
