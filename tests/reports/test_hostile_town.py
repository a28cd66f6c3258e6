"""A whole town whose schools, apps, services and bands are called so as to break what they pass through, from raw file to report."""

import csv
import html
import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest

from analysis.build import build
from analysis.checking.everything import check_everything
from analysis.config import Config
from analysis.foreign_text import UNPRINTABLE, label
from analysis.ingest import ingest
from analysis.query import ask
from analysis.reports.language import Language
from analysis.reports.orders import Request
from analysis.reports.runner import make_reports
from tests import hostile_labels as h
from tests.class_town import OCTOBER_DAYS, SCHOOL_DAYS, uai_of
from tests.fleet_town import Fleet, Loan, Seat
from tests.hand_made import config_in, rows

SCHOOLS, PUPILS = 4, 26
NAMES = (h.HTML[0], h.TYPST[4], h.LONG[1], h.HEBREW)
APPS = ("a", "b", "c", "d")
KINDS = (h.HTML[2], h.TYPST[1], h.FORMULAS[0], h.TEMPLATES[0])
SERVICES = (h.MARKDOWN[0], h.HTML[5], h.LETTERS[4], h.TEMPLATES[2])
BANDS = (h.SQL[0], h.TYPST[0])


def written(config: Config) -> None:
    """The raw files: every pupil of every school uses each app and each service."""
    people = [(school, number) for school in range(1, SCHOOLS + 1) for number in range(PUPILS)]
    fleet = Fleet(
        [Seat(f"p{s}-{n}", s, f"k{s}-{n % 2}") for s, n in people],
        [Loan(f"d{s}-{n}", f"p{s}-{n}") for s, n in people],
        closures=[(1, date(2025, 9, 15), date(2025, 9, 15))],
    )
    for s, n in people:
        for i, app in enumerate(APPS):
            fleet.use(f"d{s}-{n}", 5 + n % 7 + i, *SCHOOL_DAYS, hour=7 + i, app=app)
    raw = fleet.hear([f"d{s}-{n}" for s, n in people], SCHOOL_DAYS).write(config)
    renamed(raw / "schools.csv", "name", NAMES)
    renamed(raw / "schools.csv", "commune", h.HTML)
    renamed(raw / "people.csv", "social_band", BANDS)
    renamed(raw / "closures.csv", "reason", h.TEMPLATES)
    catalogue = [{"app_id": app, "name": h.SQL[i % 3], "category": KINDS[i]} for i, app in enumerate(APPS)]
    written_csv(raw / "app_catalogue.csv", catalogue)
    events = [
        {"event-type": "ACCESS", "module": SERVICES[i], "date": instant(day, 8 + i), "userId": f"p{s}-{n}", "profil": "Student"}
        for s, n in people
        for day in OCTOBER_DAYS
        for i in range(len(SERVICES))
    ]
    (raw / "ent.ndjson").write_text("\n".join(map(json.dumps, events)) + "\n", encoding="utf-8")


def instant(day: date, hour: int) -> int:
    return int(datetime(day.year, day.month, day.day, hour, tzinfo=UTC).timestamp() * 1000)


def renamed(path: Path, column: str, names: tuple[str, ...]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    written_csv(path, [{**row, column: names[number % len(names)]} for number, row in enumerate(found)])


def written_csv(path: Path, found: list[dict]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, found[0])
        writer.writeheader()
        writer.writerows(found)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Config:
    config = config_in(tmp_path_factory.mktemp("hostile"), territory="Valmont", equity={"social_bands": list(BANDS)})
    written(config)
    refused = [record.message for record in ingest(config, []) if record.message or record.rows_quarantined]
    assert refused == []
    build(config)
    results = make_reports(Request(periods=["2025-10"]), config, jobs=2)
    assert [result.error for result in results if result.error] == []
    return config


@pytest.mark.slow
def test_the_lake_keeps_every_name_whole(town: Config) -> None:
    assert {name for (name,) in rows(town, "SELECT name FROM lake.schools")} == set(NAMES)
    assert {name for (name,) in rows(town, "SELECT category FROM lake.app_catalogue")} == set(KINDS)
    assert {name for (name,) in rows(town, "SELECT DISTINCT module FROM lake.portal_events")} >= {SERVICES[1], SERVICES[2]}


@pytest.mark.slow
def test_every_report_stands_and_tells_its_school(town: Config) -> None:
    pages = sorted(town.reports_dir.rglob("*.html"))
    assert len(pages) == 3 * SCHOOLS + 2 + 1
    assert not [page.name for page in pages if UNPRINTABLE.search(re.sub("[\u2068\u2069]", "", page.read_text(encoding="utf-8")))]
    for number, name in enumerate(NAMES, 1):
        shown = html.unescape((town.reports_dir / "2025-10" / uai_of(number) / "usage.html").read_text(encoding="utf-8"))
        assert Language("fr").typeset(label(name)) in re.sub("[\u2068\u2069]", "", shown)
        text = pypdfium2.PdfDocument(town.reports_dir / "2025-10" / uai_of(number) / "usage.pdf")[0].get_textpage().get_text_range()
        assert name == h.HEBREW or re.sub(r"\s", "", Language("fr").typeset(label(name))) in re.sub(r"\s", "", text)
    assert sorted(path.name for path in (town.reports_dir / "2025-10").iterdir() if path.is_dir()) == [
        *(uai_of(number) for number in range(1, SCHOOLS + 1)),
        "territory",
    ]


@pytest.mark.slow
def test_the_names_are_seen_in_the_figures(town: Config) -> None:
    usage = html.unescape((town.reports_dir / "2025-10" / uai_of(1) / "usage.html").read_text(encoding="utf-8"))
    adoption = html.unescape((town.reports_dir / "2025-10" / uai_of(1) / "adoption.html").read_text(encoding="utf-8"))
    plain = Language("fr").typeset
    assert [kind for kind in KINDS if plain(label(kind)) not in usage] == []
    assert [name for name in SERVICES if plain(label(name)) not in adoption] == []


@pytest.mark.slow
def test_the_check_of_all_that_left_finds_nothing(town: Config) -> None:
    found = check_everything(town)
    # with fewer than six schools, rules that the territory's report prints ("5 écoles", "10 %") are taken for figures
    assert [complaint for complaint in found if "/territory/" not in complaint.where] == []
    assert [complaint for complaint in found if "that no release explains" not in complaint.sentence] == []


@pytest.mark.slow
def test_a_csv_of_the_catalogue_has_no_formula(town: Config) -> None:
    written = ask(town, "SELECT category FROM lake.app_catalogue ORDER BY app_id").as_csv()
    assert [row[0] for row in csv.reader(written.splitlines())][1:] == [f"'{kind}" if kind.startswith("=") else kind for kind in KINDS]
