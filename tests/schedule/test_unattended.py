"""One unattended run after the other: nothing is made twice, nothing that fails stops the rest, everything is told."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from analysis.config import Config
from analysis.delivery.settings import Share
from analysis.errors import UserError
from analysis.reports.orders import Request, orders_of
from analysis.reports.runner import ReportResult
from analysis.schedule import unattended
from analysis.schedule.journal import BROKEN_OFF, DONE, FAILED, IN_PART, Journal, Step
from analysis.schedule.unattended import run_unattended
from tests.hand_made import UAI, Kept, Town, config_in, run

DAY = dt.date(2025, 10, 2)


@pytest.fixture
def town(tmp_path: Path) -> Config:
    return written(tmp_path)


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    run(config := written(tmp_path_factory.mktemp("built")))
    return Kept(config)


def written(folder: Path) -> Config:
    """One pupil, September 2025, of which the usage report is due in October."""
    config = config_in(folder, schedule={"reports": {"usage": ["month"]}, "retries": 1})
    Town().app("d1", "app", "2025-09-08T08:00", "2025-09-08T08:10").write(config)
    return config


def made(config: Config, failing: Callable[[int], str] = lambda attempt: "") -> Callable[..., list[ReportResult]]:
    """In the place of what makes reports: as asked, but for those that fail at an attempt."""
    attempts = []

    def make_reports(request: Request, *_: object, **__: object) -> list[ReportResult]:
        attempts.append(request)
        error = failing(len(attempts))
        return [ReportResult(order, is_new=not error, error=error) for order in orders_of(request, config)]

    return make_reports


def test_a_report_is_made_once_and_stands(town: Config) -> None:
    first, second = run_unattended(town, DAY), run_unattended(town, DAY)
    assert (first.outcome, second.outcome) == (DONE, DONE)
    assert first.steps[2].sentence == "1 reports due: 1 made, 0 stood already, 0 failed."
    assert second.steps[2].sentence == "1 reports due: 0 made, 1 stood already, 0 failed."
    assert (town.reports_dir / "2025-09" / UAI / "usage.pdf").read_bytes().startswith(b"%PDF")
    [june, may] = list(Journal(town).runs())[:2]
    assert june.started_at > may.started_at


def test_a_file_that_is_refused_is_told_and_the_rest_goes_on(town: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    (town.raw_dir / "broken.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    monkeypatch.setattr(unattended, "make_reports", made(town))
    run = run_unattended(town, DAY)
    assert [step.outcome for step in run.steps] == [IN_PART, DONE, DONE, DONE]
    assert run.faults == ["broken.csv: no known format has these columns. `cartable sources` lists the formats that are read."]


def test_what_is_made_is_delivered_at_the_end_and_no_fault_of_that_stops_the_run(town: Config, tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    shared = town.model_copy(update={"share": Share(folder=tmp_path / "share")})
    run = run_unattended(shared, DAY)
    assert [(step.name, step.outcome) for step in run.steps][-1] == ("deliver", DONE)
    [folder] = (tmp_path / "share").iterdir()
    made_here = town.reports_dir / "2025-09" / UAI / "usage.pdf"
    assert (folder.name[:8], (folder / "2025-09 usage.pdf").read_bytes()) == (UAI, made_here.read_bytes())
    assert f"2025-09/{UAI}/usage.html" in (town.reports_dir / "feed.xml").read_text(encoding="utf-8")
    (tmp_path / "share").rename(tmp_path / "away")
    second = run_unattended(shared, DAY)
    assert (second.steps[-1].outcome, second.outcome) == (IN_PART, IN_PART)
    assert "Is the share mounted?" in second.faults[0]
    assert second.ended_at


def test_a_report_that_fails_is_kept_with_what_it_is(town: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unattended, "make_reports", made(town, lambda attempt: "usage: a cell died."))
    [undone] = run_unattended(town, DAY).steps[2].undone
    assert (undone.kind, undone.uai, undone.period, undone.lang, undone.is_refused) == ("usage", UAI, "2025-09", "fr", False)


@pytest.mark.parametrize(("last_failing", "outcome"), [(1, DONE), (2, IN_PART)])
def test_a_report_that_fails_is_tried_again(town: Config, monkeypatch: pytest.MonkeyPatch, last_failing: int, outcome: str) -> None:
    monkeypatch.setattr(unattended, "make_reports", made(town, lambda attempt: "usage: a cell died." if attempt <= last_failing else ""))
    run = run_unattended(town, DAY)
    assert (run.outcome, run.faults) == (outcome, ["usage: a cell died."] if outcome == IN_PART else [])


FULL = "The disk is full (or a quota, or a limit of the account): /data/x could not be written."


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (UserError("The key is gone."), "The key is gone."),
        (OSError(28, "No space left on device", "/data/x"), FULL),
        (duckdb.TransactionException('Failed to commit: Could not write file "/data/x": File too large'), FULL),
        (ValueError("Léa Durand"), "ValueError. Please report this."),
    ],
)
def test_a_step_that_stops_is_told_and_the_others_go_on(
    built_once: Kept, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    town = built_once.back()

    def stop(*_: object) -> None:
        raise error

    monkeypatch.setattr(unattended, "ingest", stop)
    monkeypatch.setattr(unattended, "make_reports", made(town))
    run = run_unattended(town, DAY)
    assert [step.outcome for step in run.steps] == [FAILED, DONE, DONE, DONE]
    assert run.outcome == FAILED
    [fault] = run.faults
    assert fault.startswith(told)
    kept = "".join(path.read_text(encoding="utf-8") for path in (town.data_dir / "runs").iterdir())
    assert "Durand" not in kept


def test_a_run_that_broke_off_is_seen_as_such(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    journal = Journal(config)
    journal.note(journal.begin(), Step("ingest", DONE, "2 files."))
    [run] = journal.runs()
    assert (run.outcome, [step.name for step in run.steps]) == (BROKEN_OFF, ["ingest"])


def test_the_log_has_one_line_for_each_thing(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    journal = Journal(config)
    run = journal.note(journal.begin(), Step("ingest", IN_PART, "2 files.", ("a\nb.csv: damaged.",)))
    assert journal.end(run).outcome == IN_PART
    lines = (config.data_dir / "runs" / "runs.log").read_text(encoding="utf-8").splitlines()
    assert [line.split(" ", 1)[1] for line in lines] == ["ingest: in part. 2 files.", "ingest: a b.csv: damaged.", "run: in part."]
    [kept] = [json.loads(path.read_text(encoding="utf-8")) for path in (config.data_dir / "runs").glob("*.json")]
    assert (kept["outcome"], kept["steps"][0]["faults"]) == ("in part", ["a\nb.csv: damaged."])
