"""A notebook that does not end: it is stopped, its report has failed with its cause, the others are made; what fails is tried once more."""

import datetime as dt
import os
import time
from dataclasses import replace
from pathlib import Path

import nbformat
import psutil
import pytest
from samples import OPENING, make_house, report, write_notebook, write_territory_notebook
from typer.testing import CliRunner

from analysis.cli import app
from analysis.config import Config, Schedule
from analysis.reports import making, runner
from analysis.reports.execution import run_notebook
from analysis.reports.orders import Request, orders_of
from analysis.reports.refusal import RefusedError
from analysis.reports.retries import made_with_retries
from analysis.reports.runner import ReportResult, make_reports

DAY = dt.date(2026, 1, 5)
# passes the door, and computes for hours in one step of C that heeds no signal, in the report of one school alone
DEAF = '9 ** (9 ** 9 * (uai == "9980002B"))\nblocks.answer("Neuf minutes.", period)'


@pytest.fixture(autouse=True)
def _no_warehouse(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("record", "changed", "refuse_openings"):
        monkeypatch.setattr(runner, name, lambda *_: [])


def kernels() -> set[int]:
    """Forked or started here."""
    below = {child: " ".join(child.cmdline()) for child in psutil.Process().children(recursive=True)}
    return {child.pid for child, line in below.items() if "ipykernel" in line or ("kernels.server" in line and child.ppid() != os.getpid())}


@pytest.mark.parametrize("endless", ["import time\ntime.sleep(600)", "9 ** 9 ** 9"])
def test_a_notebook_that_does_not_end_is_stopped_with_its_kernel(endless: str, tmp_path: Path) -> None:
    before, started = kernels(), time.monotonic()
    notebook = nbformat.read(write_notebook(tmp_path, "endless", "1 + 1", endless), as_version=4)
    with pytest.raises(RefusedError) as refusal:
        run_notebook(notebook, {}, Schedule(timeout_minutes=2 / 60))
    assert str(refusal.value).startswith("the notebook ran for more than 0.0333 minutes and was stopped in a cell (")
    assert str(refusal.value).endswith("); schedule.timeout_minutes gives it more.")
    assert time.monotonic() - started < 60
    assert kernels() <= before


def test_all_cells_together_have_that_time(tmp_path: Path) -> None:
    cells = ["import time", *["time.sleep(2)"] * 20]
    started = time.monotonic()
    with pytest.raises(RefusedError, match=r"stopped in a cell \((import time|time.sleep\(2\))\)"):
        run_notebook(nbformat.read(write_notebook(tmp_path, "slow", *cells), as_version=4), {}, Schedule(timeout_minutes=3 / 60))
    assert time.monotonic() - started < 30


@pytest.mark.slow
def test_one_report_that_hangs_harms_no_other_and_leaves_no_file(tmp_path: Path) -> None:
    house, notebooks = make_house(tmp_path)
    write_notebook(notebooks, "usage", OPENING, DEAF)
    config = house.model_copy(update={"schedule": Schedule(timeout_minutes=0.4)})
    results = made_with_retries(
        Request(formats=["html"]), lambda asked: make_reports(asked, config, 2, produced_on=DAY, notebooks=notebooks), 1
    )
    errors = {result.order.about.uai: result.error for result in results}
    assert {uai for uai, error in errors.items() if not error} == {"9980001A", "9980003C"}
    assert errors["9980002B"].startswith(
        "usage, 9980002B, 2025-T1: the notebook ran for more than 0.4 minutes and was stopped in a cell (9 ** "
    )
    places = {path.parent.name for path in (config.reports_dir / "2025-T1").rglob("*") if path.is_file()}
    assert "9980001A" in places and "9980002B" not in places
    assert not list(config.reports_dir.rglob(".*"))


class Made:
    """In the place of what makes reports: as asked, but for those that fail or are refused; keeps what was asked."""

    def __init__(self, config: Config, notebooks: Path, failing: dict[str, int], refused: tuple[str, ...] = ()) -> None:
        self.config, self.notebooks, self.left, self.refused = config, notebooks, failing, refused
        self.asked: list[list[str]] = []

    def __call__(self, request: Request) -> list[ReportResult]:
        results = [self._result(ReportResult(order, is_new=True)) for order in orders_of(request, self.config, self.notebooks)]
        self.asked.append([f"{result.order.kind} {result.order.about.uai}" for result in results])
        return results

    def _result(self, result: ReportResult) -> ReportResult:
        uai = result.order.about.uai
        if uai in self.refused:
            return replace(result, is_new=False, error="refused", is_refused=True)
        self.left[uai] = self.left.get(uai, 0) - 1
        return replace(result, is_new=False, error="failed") if self.left[uai] >= 0 else result


def test_what_failed_is_tried_once_more_after_the_others_and_nothing_else_is(tmp_path: Path) -> None:
    config, notebooks = make_house(tmp_path)
    write_territory_notebook(notebooks)
    make = Made(config, notebooks, {"9980001A": 1, "9980003C": 2, "territory": 1}, refused=("9980002B",))
    results = made_with_retries(Request(), make, 1)
    first, *again = make.asked
    assert sorted(first) == ["territory territory", "usage 9980001A", "usage 9980002B", "usage 9980003C"]
    assert sorted(map(sorted, again)) == [["territory territory"], ["usage 9980001A", "usage 9980003C"]]
    assert [f"{result.order.kind} {result.order.about.uai}" for result in results] == first
    assert {result.order.about.uai: result.error for result in results} == {
        "9980001A": "",
        "9980002B": "refused",
        "9980003C": "failed",
        "territory": "",
    }


def test_without_retries_each_is_made_once(tmp_path: Path) -> None:
    config, notebooks = make_house(tmp_path)
    make = Made(config, notebooks, {"9980001A": 1})
    assert sum(bool(result.error) for result in made_with_retries(Request(), make, 0)) == 1
    assert len(make.asked) == 1


@pytest.mark.parametrize(
    ("failures", "code", "words"), [(1, 0, "3 reports made, 0 unchanged, 0 failed"), (2, 1, "2 reports made, 0 unchanged, 1 failed")]
)
def test_the_command_tries_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failures: int, code: int, words: str) -> None:
    config, notebooks = make_house(tmp_path)
    make = Made(config, notebooks, {"9980003C": failures})
    monkeypatch.setattr(runner, "make_reports", lambda request, *_, **__: make(request))
    folders = ["--data-dir", str(config.data_dir), "--reports-dir", str(config.reports_dir)]
    result = CliRunner().invoke(app, ["report", "usage", *folders])
    assert (result.exit_code, words in result.output) == (code, True), result.output
    assert [len(asked) for asked in make.asked] == [3, 1]


def test_the_time_of_a_report_is_that_of_the_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house, notebooks = make_house(tmp_path)
    given: list[Schedule] = []
    monkeypatch.setattr(making, "run_notebook", lambda notebook, parameters, bounds: given.append(bounds) or report())
    config = house.model_copy(update={"schedule": Schedule(timeout_minutes=2.5)})
    make_reports(Request(schools=["9980001A"], formats=["html"]), config, produced_on=DAY, notebooks=notebooks)
    assert [bounds.timeout_minutes for bounds in given] == [2.5]
