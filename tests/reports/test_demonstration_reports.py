"""The reports of the demonstration as they leave the house: whole, accessible, French, and without a trace of a person."""

import re
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pikepdf
import pytest

from analysis.reports.orders import Request, orders_of
from analysis.reports.runner import ReportResult, make_reports
from tests.conftest import DemoTown
from tests.reports.pdf_structure import faults

MOST_PAGES = 4
ENGLISH = re.compile(r"\b(the|of|and|with|school|pupils?|tablets?|coverage|minutes per|week of|none|other)\b", re.IGNORECASE)


class Words(HTMLParser):
    """The visible text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("style", "script")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text.append(data)


@pytest.fixture(scope="module", params=[pytest.param(4, id="three schools"), pytest.param(1, id="every school", marks=pytest.mark.slow)])
def reports(demo_town: DemoTown, request: pytest.FixtureRequest) -> list[ReportResult]:
    """The usage report of every so many-th school and the quality report of the territory."""
    schools = [order.about.uai for order in orders_of(Request(kinds=["usage"]), demo_town.config)]
    assert len(schools) == 12
    of_schools = make_reports(Request(kinds=["usage"], schools=schools[:: request.param]), demo_town.config, jobs=2)
    return of_schools + make_reports(Request(kinds=["quality"]), demo_town.config)


def test_every_school_and_the_territory_get_their_report(reports: list[ReportResult]) -> None:
    assert [r.error for r in reports if r.error] == []
    assert [r.order.kind for r in reports] in (["usage"] * 3 + ["quality"], ["usage"] * 12 + ["quality"])
    assert all(r.files["pdf"].stat().st_size > 10_000 for r in reports)


def test_every_pdf_is_accessible_and_short(reports: list[ReportResult]) -> None:
    for report in reports:
        assert faults(report.files["pdf"]) == [], report.order.label
        with pikepdf.open(report.files["pdf"]) as pdf:
            assert 1 < len(pdf.pages) <= MOST_PAGES, report.order.label


def test_every_page_is_in_french_words(demo_town: DemoTown, reports: list[ReportResult]) -> None:
    columns = columns_set_aside(demo_town.config.warehouse)
    for report in reports:
        words = Words()
        words.feed(report.files["html"].read_text(encoding="utf-8"))
        text = " ".join(words.text).replace("Jamf School", "")  # the name of a product
        assert "DONNÉES INVENTÉES" in text
        text = " ".join(word for word in text.split() if report.order.kind != "quality" or word not in columns)
        assert re.findall(r"\b[a-z]+_[a-z_0-9]+\b|\bnan\b|\bNone\b|\binf\b", text) == [], report.order.label
        assert ENGLISH.findall(text) == [], report.order.label


def test_nothing_that_leaves_names_or_keys_anybody(demo_town: DemoTown, reports: list[ReportResult]) -> None:
    """Raw identifiers, names, e-mails and pseudonyms, in everything under reports/ that can be read as text."""
    secrets = set(demo_town.truth("personal_values")["value"]) | keys_of(demo_town.config.warehouse)
    assert reports
    for path in demo_town.config.reports_dir.rglob("*"):
        if path.suffix in (".html", ".ipynb", ".json"):
            text = path.read_text(encoding="utf-8")
            words = set(re.split(r"[^\w.@+-]+", text))
            assert secrets & words == set(), path.name
            assert [s for s in secrets if " " in s and s in text] == [], path.name
        if path.suffix == ".pdf":
            with pikepdf.open(path) as pdf:
                described = " ".join(str(value) for value in pdf.docinfo.values()) + str(pdf.open_metadata())
            assert [s for s in secrets if s in described] == [], path.name


def keys_of(warehouse: Path) -> set[str]:
    """Every pseudonym of the warehouse."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        query = "SELECT person_key FROM lake.people UNION SELECT device_key FROM lake.devices UNION SELECT class_key FROM lake.classes"
        return {key for (key,) in connection.execute(query).fetchall()}


def columns_set_aside(warehouse: Path) -> set[str]:
    """The names of columns that the quality report repeats, as the exports call them."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return {name for (name,) in connection.execute('SELECT DISTINCT "column" FROM published.set_aside').fetchall()}
