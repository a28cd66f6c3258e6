"""Reports made from a small house: files, failures that stay alone, nothing remade without a reason."""

import datetime as dt
import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import pdf_structure
import pytest
from samples import OPENING, make_house, report, write_notebook, write_territory_notebook
from samples import change as change_published

from analysis.allowance import cores
from analysis.config import Config, Schedule
from analysis.reports import making, runner
from analysis.reports.execution import run_notebook
from analysis.reports.orders import Request
from analysis.reports.runner import ReportResult, make_report, make_reports

DAY = dt.date(2026, 1, 5)
House = tuple[Config, Path]


@pytest.fixture(scope="module", autouse=True)
def _no_warehouse() -> Iterator[None]:
    """These houses have published tables alone: the ledger and the attack, which look at a warehouse, have tests of their own."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("record", "changed", "refuse_openings"):
            patch.setattr(runner, name, lambda *_: [])
        yield


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house where each school has its report of the trimester, in French."""
    config, notebooks = make_house(tmp_path_factory.mktemp("house"))
    results = make_reports(Request(), config, produced_on=DAY, notebooks=notebooks)
    assert [result.error for result in results] == ["", "", ""]
    return config, notebooks


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def manifest_of(config: Config) -> dict[str, Any]:
    return json.loads((config.reports_dir / "2025-T1" / "manifest.json").read_text())


def test_each_school_has_its_files_and_nothing_else(house: House) -> None:
    names = set(files_of(house[0].reports_dir))
    schools = ("9980001A", "9980002B", "9980003C")
    expected = {f"2025-T1/{uai}/{name}" for uai in schools for name in ("usage.pdf", "usage.html", "notebooks/usage.ipynb")}
    assert {name for name in names if not name.startswith("portal/")} == expected | {"2025-T1/manifest.json", "index.html", "index.en.html"}


def test_reports_are_accessible(house: House) -> None:
    assert [pdf_structure.faults(path) for path in house[0].reports_dir.rglob("*.pdf")] == [[], [], []]


def test_the_kept_notebook_tells_nothing_of_the_machine(house: House) -> None:
    path = house[0].reports_dir / "2025-T1" / "9980001A" / "notebooks" / "usage.ipynb"
    text = path.read_text()
    nbformat.validate(nbformat.read(path, as_version=4))
    assert str(house[0].data_dir) not in text and "papermill" not in text and "noise" not in text
    assert "9980001A" in text


def test_the_manifest_says_what_is_shown_withheld_and_why(house: House) -> None:
    manifest = manifest_of(house[0])
    figures = manifest["figures"]["9980001A"]
    assert figures["shown"] == {"minutes_per_pupil_day": 1}
    assert [(each["category"], each["reason"]) for each in figures["withheld"]] == [("CE1", "small")]
    assert [report["uai"] for report in manifest["reports"]] == ["9980001A", "9980002B", "9980003C"]
    assert all(len(file["sha256"]) == 64 for report in manifest["reports"] for file in report["files"])
    assert set(manifest["versions"]) >= {"python", "duckdb", "typst", "cartable"}


def test_the_portal_knows_what_was_made(house: House) -> None:
    page = (house[0].reports_dir / "index.html").read_text()
    assert "DONNÉES INVENTÉES" in page and "École &lt;C&gt; &amp; #c" in page and "Valmont · 9980001A" in page
    assert page.index("École &lt;C") < page.index(">École A<") < page.index(">École B<")
    assert 'href="../2025-T1/9980001A/usage.pdf"' in (house[0].reports_dir / "portal/school-9980001A.html").read_text()


def test_the_manifest_holds_the_coverage_that_is_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config, notebooks = make_house(tmp_path)
    for value, is_shown, reason in ((0.94, "TRUE", "NULL"), (0.31, "FALSE", "'small'"), (0.95, "TRUE", "'at_least'")):
        row = f"'coverage', '9980001A', '2025-T1', 'all', 'all', 'e{value}', {value}, {is_shown}, {reason}"
        change_published(config.published, f"INSERT INTO published.values VALUES ({row})")
    monkeypatch.setattr("analysis.reports.making.run_notebook", ran_already)
    make_reports(Request(formats=["html"]), config, jobs=1, produced_on=DAY, notebooks=notebooks)
    manifest = manifest_of(config)
    assert manifest["figures"]["9980001A"]["coverage"] == [
        {"measure": "coverage", "evidence": "e0.94", "value": 0.94, "bound": ""},
        {"measure": "coverage", "evidence": "e0.95", "value": 0.95, "bound": "at_least"},
    ]
    assert {report["commune"] for report in manifest["reports"]} == {"Valmont"}


def test_a_second_run_changes_nothing_and_starts_no_kernel(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files_of(house[0].reports_dir)
    monkeypatch.setattr("analysis.reports.making.run_notebook", lambda *_: pytest.fail("a kernel was started"))
    results = make_reports(Request(), house[0], produced_on=dt.date(2027, 1, 1), notebooks=house[1])
    assert not any(result.is_new for result in results)
    assert files_of(house[0].reports_dir) == before


def test_a_lost_file_is_made_again_as_it_was(house: House) -> None:
    path = house[0].reports_dir / "2025-T1" / "9980001A" / "usage.pdf"
    before = path.read_bytes()
    path.unlink()
    result = make_reports(Request(schools=["9980001A"]), house[0], produced_on=DAY, notebooks=house[1])[0]
    assert result.is_new and path.read_bytes() == before


def test_english_stands_beside_french(house: House) -> None:
    folder = house[0].reports_dir / "2025-T1" / "9980002B"
    french = (folder / "usage.pdf").read_bytes()
    result = make_report("usage", "9980002B", "2025-T1", "en", ["pdf", "html"], house[0], notebooks=house[1])
    assert result.error == "" and (folder / "usage.en.html").is_file()
    assert pdf_structure.faults(folder / "usage.en.pdf", lang="en-GB") == []
    assert (folder / "usage.pdf").read_bytes() == french
    assert len(manifest_of(house[0])["reports"]) == 4


def test_a_failing_school_is_told_and_stops_no_other(tmp_path: Path) -> None:
    config, notebooks = make_house(tmp_path)
    write_notebook(notebooks, "usage", OPENING, '1 / (uai != "9980002B")')
    told: list[ReportResult] = []
    results = make_reports(Request(formats=["html"]), config, produced_on=DAY, progress=told.append, notebooks=notebooks)
    failed = [result for result in results if result.error]
    assert [result.error for result in failed] == [
        'usage, 9980002B, 2025-T1: cell 4 (1 / (uai != "9980002B")): ZeroDivisionError: division by zero',
    ]
    assert len(told) == 3 and not (config.reports_dir / "2025-T1" / "9980002B").exists()
    assert [report["uai"] for report in manifest_of(config)["reports"]] == ["9980001A", "9980003C"]


def test_a_report_that_fails_leaves_the_one_that_stands(tmp_path: Path) -> None:
    config, notebooks = make_house(tmp_path)
    one = Request(schools=["9980001A"], formats=["html"])
    make_reports(one, config, produced_on=DAY, notebooks=notebooks)
    before = files_of(config.reports_dir)
    write_notebook(notebooks, "usage", OPENING, "1 / 0")
    assert "ZeroDivisionError" in make_reports(one, config, produced_on=DAY, notebooks=notebooks)[0].error
    assert files_of(config.reports_dir) == before


def test_a_researchers_notebook_is_refused_before_a_kernel_starts_and_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, notebooks = make_house(tmp_path)
    write_notebook(notebooks, "study", OPENING, f'import duckdb\nduckdb.connect("{config.warehouse}").sql("FROM marts.pupil_day").df()')
    ran: list[object] = []
    monkeypatch.setattr("analysis.reports.making.run_notebook", lambda notebook, *_: ran.append(notebook) or report())
    results = make_reports(Request(schools=["9980001A"], formats=["html"]), config, produced_on=DAY, notebooks=notebooks)
    study, usage = results
    assert (study.is_refused, usage.is_refused, usage.error) == (True, False, "")
    assert study.error.startswith("study, 9980001A, 2025-T1: study: cell 3, line 1 imports duckdb, which a report may not.")
    assert len(ran) == 1
    assert [name for name in files_of(config.reports_dir) if "study" in name] == []


def test_what_a_notebook_held_before_it_ran_is_not_kept(tmp_path: Path) -> None:
    """A cell without code is not run, and keeps what somebody left under it."""
    config, notebooks = make_house(tmp_path)
    path = write_notebook(notebooks, "usage", OPENING, "")
    held = nbformat.read(path, as_version=4)
    for cell in held.cells:
        cell.outputs = [nbformat.v4.new_output("display_data", data={"text/html": "<p>LEFTOVER</p>"})]
    nbformat.write(held, path)
    result = make_report("usage", "9980001A", "2025-T1", "fr", ["html"], config, notebooks=notebooks)
    assert result.error == ""
    assert [file.name for file in result.files.values() if "LEFTOVER" in file.read_text("utf-8")] == []


def test_the_kernel_has_no_key_and_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARTABLE_KEY", "a secret")
    source = 'import os\n(os.environ.get("CARTABLE_KEY"), "PATH" in os.environ, os.listdir())'
    ran = run_notebook(nbformat.read(write_notebook(tmp_path, "asks", source), as_version=4), {})
    assert ran.cells[-1].outputs[0].data["text/plain"] == "(None, True, [])"


def test_new_figures_remake_a_report_and_drop_what_they_contradict(tmp_path: Path) -> None:
    config, notebooks = make_house(tmp_path)
    make_reports(Request(schools=["9980001A"]), config, produced_on=DAY, notebooks=notebooks)
    change_published(config.published, "UPDATE published.values SET value = 10 WHERE shown")
    result = make_reports(Request(schools=["9980001A"], formats=["html"]), config, produced_on=DAY, notebooks=notebooks)[0]
    assert result.is_new and set(result.files) == {"html", "ipynb"}
    assert not (config.reports_dir / "2025-T1" / "9980001A" / "usage.pdf").exists()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house with reports of schools and of the territory, as pages."""
    config, notebooks = make_house(tmp_path_factory.mktemp("town"))
    write_territory_notebook(notebooks)
    results = make_reports(Request(formats=["html"]), config, produced_on=DAY, notebooks=notebooks)
    assert [result.error for result in results] == [""] * 4
    return config, notebooks


def test_the_report_of_the_territory_has_a_folder_of_its_own(town: House) -> None:
    names = set(files_of(town[0].reports_dir))
    assert {"2025-T1/territory/territory.html", "2025-T1/territory/notebooks/territory.ipynb"} <= names
    page = (town[0].reports_dir / "2025-T1/territory/territory.html").read_text()
    assert "Valmont · 2025-T1" in page.partition("<footer>")[2]
    assert "École territory" not in page


def test_the_manifest_has_the_territory_and_its_figures(town: House) -> None:
    manifest = manifest_of(town[0])
    entry = next(report for report in manifest["reports"] if report["kind"] == "territory")
    assert (entry["uai"], entry["school"], entry["topic"]) == ("territory", "Valmont", "bilan")
    assert manifest["figures"]["territory"]["shown"] == {"minutes_per_pupil_day": 1}


def test_the_portal_shows_the_territory_apart(town: House) -> None:
    page = (town[0].reports_dir / "portal/period-2025-T1.html").read_text()
    assert page.index('href="../2025-T1/territory/territory.html"') < page.index("École &lt;C") < page.index(">École A<")
    assert "Valmont</a>" not in (town[0].reports_dir / "index.html").read_text()


@pytest.mark.parametrize(
    ("change", "remade"),
    [
        ("UPDATE published.values SET value = 10 WHERE uai = '9980002B' AND shown", ["usage 9980002B", "territory territory"]),
        ("UPDATE published.values SET value = 10 WHERE uai = 'territory' AND shown", ["territory territory"]),
        ("UPDATE published.values SET value = 10 WHERE period = '2025-10' AND shown", []),
        ("UPDATE published.arrivals SET files = 13", ["territory territory"]),
        (
            "UPDATE published.settings SET value = 'Autre'",
            ["usage 9980003C", "usage 9980001A", "usage 9980002B", "territory territory"],
        ),
    ],
)
def test_a_change_of_figures_remakes_the_reports_that_read_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str, remade: list[str]
) -> None:
    config, notebooks = make_house(tmp_path)
    write_territory_notebook(notebooks)
    monkeypatch.setattr("analysis.reports.making.run_notebook", ran_already)
    make_reports(Request(formats=["html"]), config, jobs=1, produced_on=DAY, notebooks=notebooks)
    change_published(config.published, change)
    results = make_reports(Request(formats=["html"]), config, jobs=1, produced_on=DAY, notebooks=notebooks)
    assert [f"{result.order.kind} {result.order.about.uai}" for result in results if result.is_new] == remade


@pytest.mark.parametrize(("asked", "at_once"), [(None, 3), (5, 5), (1, 1)])
def test_as_many_at_once_as_the_configuration_says_or_the_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: int | None, at_once: int
) -> None:
    house, notebooks = make_house(tmp_path)
    config = house.model_copy(update={"schedule": Schedule(jobs=3)})
    workers: list[int] = []

    class Pool(ThreadPoolExecutor):
        def __init__(self, max_workers: int) -> None:
            workers.append(max_workers)
            super().__init__(max_workers)

    monkeypatch.setattr(runner, "ThreadPoolExecutor", Pool)
    monkeypatch.setattr(making, "run_notebook", ran_already)
    begun: list[str] = []
    make_reports(
        Request(formats=["html"]), config, asked, produced_on=DAY, notebooks=notebooks, begun=lambda order: begun.append(order.about.uai)
    )
    assert workers == [at_once] and sorted(begun) == ["9980001A", "9980002B", "9980003C"]


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="the system does not say which cores a process may use")
def test_cores_are_those_that_may_be_used() -> None:
    may = os.sched_getaffinity(0)
    assert cores() == len(may) and Schedule().jobs == min(len(may), 64)
    try:
        os.sched_setaffinity(0, {min(may)})
        assert cores() == 1
    finally:
        os.sched_setaffinity(0, may)


def ran_already(notebook: nbformat.NotebookNode, *_: object) -> nbformat.NotebookNode:
    """A notebook with an output, without a kernel."""
    return report()


def test_one_report_of_the_territory(town: House) -> None:
    result = make_report("territory", "territory", "2025-10", "fr", ["html"], town[0], notebooks=town[1])
    assert result.error == "" and result.files["html"].is_file()
