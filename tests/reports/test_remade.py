"""A report is made again when something that shapes it has changed, and not otherwise."""

import ast
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from samples import OPENING, make_house, report, write_notebook, write_territory_notebook

from analysis.config import Config
from analysis.reports import code, making, manifest, orders, runner
from analysis.reports.code import code_files
from analysis.reports.execution import run_notebook
from analysis.reports.orders import Request
from analysis.reports.runner import make_reports

DAY = dt.date(2026, 1, 5)
HOUSE = Path(code.__file__).parents[1]
LOADED = """
import sys
from analysis import figures
from analysis.reports.school import open_school
from analysis.reports.territory import open_territory
sorted(module.__file__ for name, module in sys.modules.items() if name.partition(".")[0] == "analysis" and module.__file__)
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Config, Path]:
    """Reports of three schools and of the territory, made without a kernel; ledger and attack have tests of their own."""
    for name in ("record", "changed", "refuse_openings"):
        monkeypatch.setattr(runner, name, lambda *_: [])
    monkeypatch.setattr(making, "run_notebook", lambda *_: report())
    config, notebooks = make_house(tmp_path)
    write_territory_notebook(notebooks)
    assert made(config, notebooks) == ["territory", *["usage"] * 3]
    return config, notebooks


def made(config: Config, notebooks: Path, **asked: object) -> list[str]:
    """The kinds of the reports that are new."""
    results = make_reports(Request(formats=["html"], **asked), config, jobs=1, produced_on=DAY, notebooks=notebooks)
    assert [result.error for result in results if result.error] == []
    return sorted(result.order.kind for result in results if result.is_new)


def other_code(house: tuple[Config, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "code_sha256", lambda: "another")


def other_notebook(house: tuple[Config, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    write_notebook(house[1], "usage", OPENING, 'blocks.answer("Dix minutes.", period)')


def touched(house: tuple[Config, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes at another time: a copy, a new clone."""
    for path in (*house[1].iterdir(), house[0].published):
        path.write_bytes(path.read_bytes())


def nothing(house: tuple[Config, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    pass


@pytest.mark.parametrize(
    ("change", "remade"), [(other_code, ["territory", *["usage"] * 3]), (other_notebook, ["usage"] * 3), (touched, []), (nothing, [])]
)
def test_what_remakes_reports(
    house: tuple[Config, Path], monkeypatch: pytest.MonkeyPatch, change: Callable[..., None], remade: list[str]
) -> None:
    change(house, monkeypatch)
    assert made(*house) == remade
    assert made(*house) == []


def test_a_language_is_made_beside_the_other_and_remakes_none(house: tuple[Config, Path]) -> None:
    assert made(*house, lang="en") == ["territory", *["usage"] * 3]
    assert (made(*house), made(*house, lang="en")) == ([], [])


def test_all_that_a_kernel_imports_of_ours_is_among_the_code(tmp_path: Path) -> None:
    ran = run_notebook(nbformat.read(write_notebook(tmp_path, "asks", LOADED), as_version=4), {})
    loaded = {Path(file) for file in ast.literal_eval(ran.cells[-1].outputs[0].data["text/plain"])}
    here = {HOUSE / path.relative_to(next(each for each in path.parents if each.name == "analysis")) for path in loaded}
    assert len(here) > 100
    assert here - set(code_files()) == set()


def test_the_code_is_what_shapes_a_report_and_no_more() -> None:
    names = {path.relative_to(HOUSE).as_posix() for path in code_files()}
    shaping = {"statistics/concentration.py", "foreign_text.py", "period_names.py", "figures/answer.py", "figures/style.py"}
    shaping |= {"reports/report.typ", "reports/page.css", "reports/report.html.j2", "reports/locale/en/usage.po", "reports/markdown.py"}
    assert shaping <= names
    elsewhere = ("reports/portal", "ingest", "marts", "disclosure", "demo", "schedule", "checking", "reports/runner", "cli", "sources")
    assert sorted(name for name in names if name.startswith(elsewhere)) == []


def test_each_file_of_the_code_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.py", "b.sql")]
    seen = set()
    for contents in (("1", "1"), ("2", "1"), ("1", "2")):
        for path, text in zip(files, contents, strict=True):
            path.write_text(text)
        monkeypatch.setattr(manifest, "code_files", lambda: files)
        seen.add(manifest.code_sha256.__wrapped__())
    assert len(seen) == 3
