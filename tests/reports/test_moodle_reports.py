"""Every report on the 14 real Moodle exports, as a portal without any tablet: it says what it can, and names what it cannot show."""

import re
import shutil
from pathlib import Path

import pytest

from analysis.build import build
from analysis.config import Config
from analysis.ingest import ingest
from analysis.reports.document import read_document
from analysis.reports.orders import report_kinds
from analysis.reports.page import page_of
from tests.hand_made import UAI, rows, write_csv
from tests.reading import keyed_config
from tests.reports.notebooks import executed, read
from tests.sources.test_moodle_elea import EXPORTS, user_ids

CALENDAR = EXPORTS.parent / "open_data" / "fr-en-calendrier-scolaire.csv"
PERIOD = "2018-T3"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (EXPORTS.is_dir() and CALENDAR.is_file()),
        reason="the real Moodle exports and the official calendar (../shared/data) are not on this machine",
    ),
]


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """The exports, the official calendar, and a roster in which every user of the portal is a pupil of one school."""
    config = keyed_config(tmp_path_factory.mktemp("moodle"))
    shutil.copytree(EXPORTS, config.raw_dir / "moodle")
    config.reference_dir.mkdir(parents=True)
    shutil.copy(CALENDAR, config.reference_dir)
    write_rosters(config.raw_dir, sorted(user_ids()))
    ingest(config, [])
    build(config)
    return config


def write_rosters(raw: Path, users: list[str]) -> None:
    years = [f"{year}-{year + 1}" for year in range(2018, 2021)]
    school = {"uai": UAI, "name": "École du Moodle", "zone": "C", "week_pattern": "4", "bells": "08:30-11:30,13:30-16:30"}
    write_csv(raw / "schools.csv", [{**school, "school_year": year} for year in years])
    write_csv(raw / "classes.csv", [{"class_id": f"k{k}", "uai": UAI, "school_year": years[0], "levels": "CM2"} for k in range(3)])
    people = [f"m{number}" for number, _ in enumerate(users)]
    write_csv(raw / "people.csv", [{"person_id": person, "profile": "student"} for person in people])
    identifiers = [{"person_id": person, "system": "moodle", "identifier": user} for person, user in zip(people, users, strict=True)]
    write_csv(raw / "identifiers.csv", identifiers)
    seats = [{"person_id": p, "class_id": f"k{i % 3}", "uai": UAI, "level": "CM2", "from_date": "2018-09-01"} for i, p in enumerate(people)]
    write_csv(raw / "enrolments.csv", seats)


@pytest.fixture(scope="module")
def pages(config: Config) -> dict[str, str]:
    """The HTML of each report of the school and of the territory."""
    given = {"uai": UAI, "period": PERIOD, "lang": "fr", "published": str(config.published)}
    return {kind: page_of(read_document(executed(read(kind), **given), kind)) for kind in report_kinds()}


def words_of(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", re.sub(r"<(style|svg).*?</\1>", " ", page, flags=re.DOTALL))


def test_portal_figures_are_there_and_tablet_figures_are_not(config: Config) -> None:
    shown = {
        measure for (measure,) in rows(config, f"SELECT DISTINCT measure FROM published.\"values\" WHERE shown AND period = '{PERIOD}'")
    }
    assert {"portal_share_pupil_days", "accounts_active_share", "visits_per_visitor"} <= shown
    assert not shown & {"minutes_per_pupil_day", "coverage", "regular_share", "gap_minutes"}


@pytest.mark.parametrize("kind", ["usage", "adoption", "equity", "territory", "quality"])
def test_the_report_says_what_it_cannot_show(pages: dict[str, str], kind: str) -> None:
    words = words_of(pages[kind])
    assert re.search(r"[Aa]ucun(e)? .*tablette", words), "the missing tablets are named"
    assert not re.search(r"\b(nan|None|NaN|inf|null|unknown)\b", words)


def test_the_adoption_report_speaks_of_the_portal(pages: dict[str, str]) -> None:
    assert "visite" in words_of(pages["adoption"])
