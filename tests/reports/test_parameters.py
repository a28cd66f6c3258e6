"""Parameters and requests are checked before a kernel starts, and each refusal lists what is valid."""

from pathlib import Path
from typing import Any

import nbformat
import pytest
from samples import make_house, write_notebook, write_territory_notebook

from analysis.config import Config
from analysis.errors import UserError
from analysis.reports.orders import Request, orders_of, report_kinds
from analysis.reports.parameters import checked

CELL = 'uai: str = ""  # the school\nlang = "fr"\nweeks: int = 4\nshare = 0.5\nis_short = False\nfrom_date = "2025-09-01"\nto_date = ""'


@pytest.fixture
def notebook(tmp_path: Path) -> nbformat.NotebookNode:
    return nbformat.read(write_notebook(tmp_path, "sample", parameters=CELL), as_version=4)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"ual": "x"}, "there is no parameter 'ual'; valid: uai, lang, weeks, share, is_short, from_date, to_date"),
        ({"weeks": "four"}, "parameter 'weeks': input should be a valid integer"),
        ({"weeks": True}, "parameter 'weeks': input should be a valid integer"),
        ({"uai": 12}, "parameter 'uai': input should be a valid string"),
        ({"lang": "de"}, "valid: fr, en"),
        ({"from_date": "01/09/2025"}, "parameter 'from_date'"),
        ({"from_date": "2025-12-01", "to_date": "2025-09-01"}, "from_date 2025-12-01 is after to_date 2025-09-01"),
    ],
)
def test_a_wrong_parameter_is_a_sentence(notebook: nbformat.NotebookNode, given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UserError) as refusal:
        checked(notebook, given, "sample")
    assert sentence in str(refusal.value)


def test_right_parameters_pass(notebook: nbformat.NotebookNode) -> None:
    given = {"uai": "9980001A", "weeks": 3, "share": 1.0, "from_date": "2025-09-01", "to_date": "2025-09-01"}
    assert checked(notebook, given, "sample") == given


@pytest.fixture
def house(tmp_path: Path) -> tuple[Config, Path]:
    return make_house(tmp_path)


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (Request(kinds=["usages"]), "There is no report usages. Valid: usage."),
        (
            Request(schools=["9980009Z"]),
            "There is no school 9980009Z in the published figures. Valid: 9980003C École <C> & #c; 9980001A École A; 9980002B École B.",
        ),
        (Request(periods=["2025-T3"]), "There is no period 2025-T3 for these schools. Valid: 2025-T1, 2025-10."),
        (Request(periods=["2026-2025"]), "A school year begins before it ends, as in 2025-2026."),
        (Request(lang="de"), "There is no language 'de'. Valid: fr, en."),
        (Request(formats=["docx"]), "There is no format docx. Valid: pdf, html."),
        (Request(formats=[]), "Valid: pdf, html."),
        (Request(parameters={"color": "red"}), "there is no parameter 'color'; valid: uai, period, lang, published"),
    ],
)
def test_a_wrong_request_is_a_sentence(house: tuple[Config, Path], request_: Request, sentence: str) -> None:
    with pytest.raises(UserError) as refusal:
        orders_of(request_, *house)
    assert sentence in str(refusal.value)


def test_without_published_tables_the_next_step_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Run `cartable build` first"):
        orders_of(Request(kinds=["usage"]), Config(data_dir=tmp_path), make_house(tmp_path / "other")[1])


def test_an_empty_request_is_every_school_of_the_latest_trimester(house: tuple[Config, Path]) -> None:
    assert [(order.about.uai, order.about.period) for order in orders_of(Request(), *house)] == [
        ("9980003C", "2025-T1"),
        ("9980001A", "2025-T1"),
        ("9980002B", "2025-T1"),
    ]


def test_only_notebooks_with_a_period_and_a_language_are_reports(house: tuple[Config, Path]) -> None:
    write_notebook(house[1], "explore", parameters='level = ""\nperiod = ""')
    write_territory_notebook(house[1])
    assert list(report_kinds(house[1])) == ["territory", "usage"]


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (Request(), ["usage 9980003C", "usage 9980001A", "usage 9980002B", "territory territory"]),
        (Request(schools=["9980001A"]), ["usage 9980001A"]),
        (Request(kinds=["territory"]), ["territory territory"]),
        (
            Request(kinds=["territory", "usage"], periods=["2025-10"]),
            [*(f"usage 998000{i}" for i in ("3C", "1A", "2B")), "territory territory"],
        ),
    ],
)
def test_kinds_of_a_school_and_of_the_territory(house: tuple[Config, Path], request_: Request, expected: list[str]) -> None:
    write_territory_notebook(house[1])
    orders = orders_of(request_, *house)
    assert [f"{order.kind} {order.about.uai}" for order in orders] == expected
    assert {order.folder.name for order in orders} == {order.about.uai for order in orders}
    assert all(("uai" in order.parameters) == (order.kind == "usage") for order in orders)


@pytest.mark.parametrize("kinds", [["territory"], ["usage", "territory"]])
def test_a_report_of_the_territory_is_not_one_of_a_school(house: tuple[Config, Path], kinds: list[str]) -> None:
    write_territory_notebook(house[1])
    with pytest.raises(UserError, match="The report territory is about the whole territory, not about one school. Leave --school out"):
        orders_of(Request(kinds=kinds, schools=["9980001A"]), *house)


def test_a_school_is_not_called_territory(house: tuple[Config, Path]) -> None:
    with pytest.raises(UserError, match="There is no school territory in the published figures"):
        orders_of(Request(schools=["territory"]), *house)


def test_a_report_of_trimesters_is_not_made_for_a_month(house: tuple[Config, Path]) -> None:
    path = write_notebook(house[1], "dossier")
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata["cartable"] = {"periods": ["trimester"]}
    nbformat.write(notebook, path)
    assert {order.kind for order in orders_of(Request(periods=["2025-T1"]), *house)} == {"dossier", "usage"}
    assert {order.kind for order in orders_of(Request(periods=["2025-10"]), *house)} == {"usage"}
    with pytest.raises(UserError, match="The report dossier is made for a trimester only. Give --period, such as 2025-T1"):
        orders_of(Request(kinds=["dossier"], periods=["2025-10"]), *house)


def test_another_logo_makes_a_dossier_anew_and_no_other_report(house: tuple[Config, Path]) -> None:
    config, notebooks = house
    write_notebook(notebooks, "dossier")
    logo = config.data_dir / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0H9"/></svg>')
    before = {order.kind: order.inputs for order in orders_of(Request(), config, notebooks)}
    after = {order.kind: order.inputs for order in orders_of(Request(), config.model_copy(update={"logo": logo}), notebooks)}
    assert before["usage"] == after["usage"]
    assert before["dossier"] != after["dossier"]
