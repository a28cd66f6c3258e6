"""The documents as a site: every page is reached, links have their heading, pages lead to their code, nothing comes from elsewhere."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.site import elsewhere
from tests.chromium import launched, needs_chromium
from tests.test_house import PAGES, ROOT, relative

ENTRY, FRENCH_ENTRY = ROOT / "docs/index.md", ROOT / "docs/index.fr.md"
DOCS = [page for page in PAGES if page.parent == ROOT or ROOT / "docs" in page.parents]
CODE = re.compile(r"^(analysis|tests|deploy)/|^(cartable|pyproject)\.toml$")
LISTS = {ENTRY, FRENCH_ENTRY, ROOT / "docs/how-to/index.md"}  # pages that only lead to others


def prose(page: Path) -> str:
    return re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)


def links(page: Path) -> Iterator[tuple[Path, str]]:
    """Where the links of a page lead inside the tree, and the heading there."""
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if not re.match(r"https?:|mailto:", link):
            path, _, heading = link.partition("#")
            yield ((page.parent / path).resolve() if path else page), heading


def headings(page: Path) -> set[str]:
    """The anchors that forges and the site give to the headings of a page: lower case, no punctuation, hyphens for spaces."""
    titles = re.findall(r"^#{1,4} +(.*)$", prose(page), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def listed(page: Path) -> list[Path]:
    """The pages that a page has in its table of contents."""
    lines = "\n".join(re.findall(r"```\{toctree\}\n(.*?)```", page.read_text("utf-8"), flags=re.DOTALL)).splitlines()
    names = [re.sub(r"^.*<(.*)>$", r"\1", line) for line in lines if line and not line.startswith(":")]
    return [(page.parent / f"{name}.md").resolve() for name in names]


@pytest.mark.parametrize("page", DOCS, ids=relative)
def test_a_link_to_a_heading_finds_it(page: Path) -> None:
    dead = [f"{relative(path)}#{heading}" for path, heading in links(page) if heading and heading not in headings(path)]
    assert dead == []


def test_every_page_stands_in_one_table_of_contents() -> None:
    found, waiting = list[Path](), [ENTRY]
    while waiting:
        found.append(page := waiting.pop())
        waiting += listed(page)
    assert sorted(found) == sorted(DOCS)


def test_each_part_of_the_documentation_is_reached_from_both_entries() -> None:
    for entry, other in ((ENTRY, FRENCH_ENTRY), (FRENCH_ENTRY, ENTRY)):
        reached = {path for path, _ in links(entry)}
        assert other in reached
        parts = ("tutorial/first-afternoon.md", "how-to/own-data.md", "command-line.md", "measures.md", "explanation/evidence.md")
        assert {ROOT / "docs" / part for part in parts} <= reached
    assert ENTRY in {path for path, _ in links(ROOT / "README.md")}
    assert FRENCH_ENTRY in {path for path, _ in links(ROOT / "LISEZMOI.md")}


@pytest.mark.parametrize("page", [page for page in DOCS if page.parent != ROOT and page not in LISTS], ids=relative)
def test_a_page_leads_to_the_code_that_it_is_about(page: Path) -> None:
    assert [path for path, _ in links(page) if path.is_relative_to(ROOT) and CODE.match(relative(path))]


def test_what_a_page_loads_from_elsewhere_is_named(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        '<link rel="stylesheet" href="https://a.example/s.css"><link rel="canonical" href="https://fine.example/">'
        '<script src="//b.example/x.js"></script><a href="https://fine.example/">read</a><img src="picture.png">'
        "<style>@import 'https://c.example/f.css';</style><p style=\"background: url(https://d.example/p.png)\">",
        encoding="utf-8",
    )
    (tmp_path / "s.css").write_text("@font-face { src: url('https://e.example/f.woff2') } i { background: url(data:image/png;base64,AA) }")
    assert sorted(re.search(r"//(\w)\.example", each)[1] for each in elsewhere(tmp_path)) == ["a", "b", "c", "d", "e"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `make site` builds it, in a copy of the tree."""
    if not shutil.which("uv"):
        pytest.skip("uv is not on the path")
    copy = tmp_path_factory.mktemp("site")
    for name in ("analysis", "deploy", "docs", "notebooks", "tests"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in [*ROOT.glob("*.md"), *ROOT.glob("*.toml"), ROOT / "uv.lock", ROOT / "Makefile", ROOT / "LICENSE"]:
        shutil.copy(path, copy)
    made = subprocess.run(["make", "site"], cwd=copy, capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr
    return copy


@pytest.mark.slow
def test_the_site_is_built_and_says_which_language_a_page_is_in(site: Path) -> None:
    languages = {
        page: re.search(r"<html[^>]* lang=\"(\w+)\"", (site / "build/site" / page).read_text("utf-8"))[1]
        for page in (
            "docs/index.html",
            "README.html",
            "docs/index.fr.html",
            "LISEZMOI.html",
            "docs/confidentialite.html",
        )
    }
    assert list(languages.values()) == ["en", "en", "fr", "fr", "fr"]
    assert elsewhere(site / "build/site") == []


@pytest.mark.slow
def test_a_dead_link_breaks_the_site(site: Path) -> None:
    page = site / "docs/explanation/evidence.md"
    text = page.read_text("utf-8")
    try:
        page.write_text(text + "\n[gone](../no-such-page.md) and [gone](../measures.md#no_such_measure)\n", encoding="utf-8")
        made = subprocess.run(["make", "site"], cwd=site, capture_output=True, text=True)
    finally:
        page.write_text(text, encoding="utf-8")
    assert made.returncode != 0
    assert "no-such-page.md" in made.stderr
    assert "no_such_measure" in made.stderr


@pytest.mark.slow
@needs_chromium
def test_pages_are_accessible_and_ask_nobody_for_anything(site: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    with launched() as browser:
        for name in ("docs/index", "docs/index.fr", "docs/command-line", "docs/measures", "docs/tutorial/first-afternoon", "search"):
            page, asked = browser.new_page(), list[str]()
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto((site / f"build/site/{name}.html").as_uri())
            assert axe.Axe().run(page).response["violations"] == [], name
            assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
