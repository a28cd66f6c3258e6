"""JupyterLab in a real Chromium: notebooks run from top to bottom, figures are seen, the export menu gives a valid PDF/UA."""

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from analysis.config import Config
from analysis.lab import with_parameters
from analysis.reports.orders import is_of_a_school, report_kinds
from tests.chromium import launched, needs_chromium
from tests.conftest import DemoTown
from tests.hand_made import rows
from tests.lab.jupyterlab import Lab, exported, opened, run_all, running_lab
from tests.reports import pdf_structure
from tests.reports.notebooks import FOLDER, read

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: `pip install playwright`")
pytestmark = needs_chromium

NAMES = sorted(path.stem for path in FOLDER.glob("*.ipynb"))
OF_A_SCHOOL = [kind for kind, path in report_kinds().items() if is_of_a_school(path)]
ACCESSIBLE = "Cartable_pdf"  # as the menu calls it


@pytest.fixture(scope="module")
def chromium() -> Iterator["playwright.Browser"]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def lab(town: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running_lab(town, tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="module")
def whole_lab(commune: DemoTown, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running_lab(commune.config, tmp_path_factory.mktemp("whole-lab")) as running:
        yield running


def runs_and_exports(browser: "playwright.Browser", lab: Lab, name: str, folder: Path) -> "playwright.Page":
    """Opens a notebook, runs it, looks at what it shows, exports it; the page is left open."""
    page = opened(browser, lab, name)
    outputs = run_all(page, lab, name)
    assert [each for each in outputs if each["output_type"] == "error" or each.get("name") == "stderr"] == []
    assert any(each["output_type"] != "stream" for each in outputs)
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.error']").count() == 0
    assert pdf_structure.faults(exported(page, ACCESSIBLE, folder / f"{Path(name).name}.pdf")) == []
    return page


def pictures_seen(page: "playwright.Page") -> int:
    """Figures of the outputs that have a size on the screen, once one has scrolled there: what is far away is not laid out."""
    found = page.locator(".jp-OutputArea-output img, .jp-OutputArea-output svg").all()
    for each in found:
        each.scroll_into_view_if_needed()
    return sum(bool((box := each.bounding_box()) and box["width"] > 100 and box["height"] > 50) for each in found)


def test_explore_runs_shows_its_figures_and_exports(chromium: "playwright.Browser", lab: Lab, tmp_path: Path) -> None:
    page = runs_and_exports(chromium, lab, "explore", tmp_path)
    assert pictures_seen(page) >= 2  # the researcher's own, and that of the report


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_each_notebook_runs_with_its_defaults_and_exports(
    chromium: "playwright.Browser", whole_lab: Lab, name: str, tmp_path: Path
) -> None:
    """The first school by name is a tiny one, of which little may be shown: figures are looked for below, and in the others."""
    page = runs_and_exports(chromium, whole_lab, name, tmp_path)
    assert pictures_seen(page) or name in OF_A_SCHOOL or name == "start"
    page.context.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in OF_A_SCHOOL if name != "leaflet"])  # which has no drawing
def test_the_figures_of_a_school_are_seen(chromium: "playwright.Browser", whole_lab: Lab, name: str, tmp_path: Path) -> None:
    largest = "SELECT ARG_MAX(uai, pupils) FROM published.schools WHERE uai <> 'territory'"
    ((uai,),) = rows(whole_lab.config, largest)
    whole_lab.notebook(f"chosen/{name}").parent.mkdir(exist_ok=True)
    nbformat.write(with_parameters(read(name), {"uai": uai}), whole_lab.notebook(f"chosen/{name}"))
    page = runs_and_exports(chromium, whole_lab, f"chosen/{name}", tmp_path)
    assert pictures_seen(page)
    page.context.close()


@pytest.mark.slow
def test_the_form_opens_a_notebook_of_the_school_that_was_chosen(chromium: "playwright.Browser", lab: Lab, tmp_path: Path) -> None:
    page = opened(chromium, lab, "start")
    run_all(page, lab, "start")
    page.get_by_label("Période").select_option("2025-10")
    page.get_by_role("button", name="Préparer le carnet").click()
    page.get_by_role("link", name="usage-0920001B-2025-10-fr.ipynb").click()
    page.locator(".lm-TabBar-tabLabel", has_text="usage-0920001B-2025-10-fr.ipynb").wait_for()
    page.get_by_text('period = "2025-10"').first.wait_for()
    assert (FOLDER / "usage.ipynb").read_bytes() == lab.notebook("usage").read_bytes()


@pytest.mark.slow
def test_the_dictionary_opens_as_a_page(chromium: "playwright.Browser", lab: Lab) -> None:
    page = opened(chromium, lab, "start")
    page.get_by_role("link", name="Le dictionnaire").click()
    page.locator(".jp-MarkdownViewer h1", has_text="Dictionary").wait_for()


@pytest.mark.slow
def test_shift_tab_shows_what_a_function_does(chromium: "playwright.Browser", lab: Lab) -> None:
    page = opened(chromium, lab, "explore")
    run_all(page, lab, "explore")
    page.locator(".jp-CodeCell .cm-line", has_text="open_warehouse(database)").click()
    page.keyboard.press("End")
    for _ in "use(database)":
        page.keyboard.press("ArrowLeft")  # into the name of the function
    page.keyboard.press("Shift+Tab")
    page.locator(".jp-Tooltip", has_text="read-only").wait_for()
