"""The portal in a real Chromium, opened from files: accessibility by axe-core, the keyboard, no JavaScript, a phone, paper."""

from collections.abc import Iterator
from pathlib import Path

import portal_towns
import pypdfium2
import pytest

from analysis.config import Config
from analysis.reports.portal import write_portal
from tests.chromium import launched, needs_chromium

playwright = pytest.importorskip(
    "playwright.sync_api", reason="Playwright is not installed: `pip install playwright axe-playwright-python`"
)
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed: `pip install axe-playwright-python`")
pytestmark = needs_chromium

PAGES = ("index", "portal/period-2025-T1", "portal/school-9980001A", "portal/territory", "portal/method")
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1200, "height": 900}
FOLDED = 40  # schools: more than stand open on the first page


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    config = portal_towns.town(tmp_path_factory.mktemp("town"))
    write_portal(config)
    return config


@pytest.fixture(scope="module")
def chromium() -> Iterator["playwright.Browser"]:
    with launched() as browser:
        yield browser


def opened(browser: "playwright.Browser", config: Config, name: str, said: list[str] | None = None, **context: object) -> "playwright.Page":
    """A page in a window of its own; what its console says goes into `said`."""
    page = browser.new_context(**{"viewport": DESK, **context}).new_page()
    if said is not None:
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None)
    page.goto((config.reports_dir / f"{name}.html").as_uri())
    return page


@pytest.mark.parametrize("viewport", [pytest.param(DESK, marks=pytest.mark.slow), PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("lang", ["", ".en"], ids=["fr", "en"])
def test_axe_finds_nothing_and_nothing_leaves_the_screen(chromium: "playwright.Browser", config: Config, lang: str, viewport: dict) -> None:
    for name in PAGES:
        said: list[str] = []
        page = opened(chromium, config, name + lang, said, viewport=viewport)
        found = axe.Axe().run(page)
        assert [(each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]] == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], name
        assert said == [], name
        page.context.close()


def test_a_school_is_found_by_keyboard_alone(chromium: "playwright.Browser", config: Config) -> None:
    page = opened(chromium, config, "index")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Aller au contenu" and skip.is_visible() and skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "query"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.type("oeuvre")
    assert page.get_by_role("status").inner_text() == "Une école trouvée."
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "École de l’Œuvre"
    page.keyboard.press("Enter")
    page.wait_for_url("**/portal/school-9980002B.html")
    assert page.get_by_role("heading", level=1).inner_text() == "École de l’Œuvre"


@pytest.mark.parametrize(
    ("asked", "found", "said"),
    [
        ("jean moulin", ["École Jean-Moulin"], "Une école trouvée."),
        ("HELENE", ["École de l’Œuvre"], "Une école trouvée."),
        ("ecole", ["École de l’Œuvre", "École Jean-Moulin"], "2 écoles trouvées."),
        ("9980003c", ["Zola"], "Une école trouvée."),
        ("valmont 9980001", ["École Jean-Moulin"], "Une école trouvée."),
        ("valmont zola", [], "Aucune école trouvée."),
        ("  ", ["École de l’Œuvre", "École Jean-Moulin", "Zola"], ""),
    ],
)
def test_search_by_name_town_or_code(chromium: "playwright.Browser", config: Config, asked: str, found: list[str], said: str) -> None:
    for name, to_each in (("index", ".schools a"), ("portal/period-2025-T1", ".who a")):
        page = opened(chromium, config, name)
        page.get_by_role("searchbox").fill(asked)
        assert [link.inner_text() for link in page.locator(to_each).all() if link.is_visible()] == found
        assert page.get_by_role("status").inner_text() == said
        page.context.close()


def test_without_javascript_every_school_and_report_is_reached(chromium: "playwright.Browser", config: Config) -> None:
    page = opened(chromium, config, "index", java_script_enabled=False)
    assert not page.get_by_label("Nom, commune ou code UAI").is_visible()
    page.get_by_role("link", name="Zola").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Zola"
    page.get_by_role("link", name="page web").click()
    assert page.url.endswith("2025-T1/9980003C/usage.html")


@pytest.fixture(scope="module")
def folded(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """More schools than stand open: their list is folded until somebody searches, prints or opens it."""
    config = portal_towns.large(tmp_path_factory.mktemp("large"), FOLDED, ("2025-T1",))
    write_portal(config)
    return config


@pytest.mark.parametrize("has_script", [True, False])
def test_a_folded_list_opens_by_keyboard_and_on_paper(
    chromium: "playwright.Browser", folded: Config, has_script: bool, tmp_path: Path
) -> None:
    page = opened(chromium, folded, "index", java_script_enabled=has_script)
    last = page.get_by_role("link", name="École 39 du Département")
    assert not last.is_visible()
    page.pdf(path=tmp_path / "paper.pdf", format="A4")
    sheets = [sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(tmp_path / "paper.pdf")]
    assert "École 39 du Département" in "".join(sheets) and "Nom, commune ou code" not in "".join(sheets)
    assert len(sheets) > 1 and all("DONNÉESINVENTÉES" in "".join(sheet.split()) for sheet in sheets)
    page.reload()
    page.get_by_text("Toutes les écoles (40)").focus()
    page.keyboard.press("Enter")
    assert last.is_visible()


def test_typing_opens_a_folded_list_and_taking_it_back_closes_it(chromium: "playwright.Browser", folded: Config) -> None:
    page = opened(chromium, folded, "index")
    query = page.get_by_role("searchbox")
    query.fill("ecole 39")
    assert page.get_by_role("link", name="École 39 du Département").is_visible()
    query.fill("")
    assert not page.get_by_role("link", name="École 39 du Département").is_visible()
