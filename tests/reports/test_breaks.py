"""Known defects and breaks in every report that shows figures of the portal, in French and in English; nothing where none touches."""

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from analysis import figures
from analysis.reports.blocks import Block
from analysis.reports.school import School, Span, open_school
from analysis.reports.sentences.sources import breaks
from analysis.reports.territory import open_territory
from tests import published as p
from tests.reports.values import CONTEXT, EN, FR, plain, school

ROOT = Path(__file__).parents[2]
BREAKS = list(csv.DictReader((ROOT / "analysis/reference/series_breaks.csv").open(encoding="utf-8")))
SAID = {
    "fr": (
        "ENT ONE, statistiques du 9 septembre 2025 au 24 septembre 2025 : l’éditeur les déclare fausses. Elles ne doivent pas servir.",
        "DNMA : à la rentrée 2025, la façon de compter a changé. Avant et après ne se comparent pas.",
    ),
    "en": (
        "ENT ONE, statistics from 9 September 2025 to 24 September 2025: their publisher declares them wrong. They must not be used.",
        "DNMA: at the start of the school year 2025, the way of counting changed. Before and after do not compare.",
    ),
}
# where each kind of report lists them; the equity report shows no figure of the portal
SHOWN = {"usage": "how_we_know", "adoption": "adoption_known", "territory": "territory_limits", "quality": "series_breaks"}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Published tables in which the Android school and the territory have both windows, and the iPad school none."""
    path = p.write(tmp_path_factory.mktemp("breaks") / "town.duckdb")
    with duckdb.connect(str(path)) as connection:
        for uai in (p.ANDROID, p.TERRITORY):
            for row in BREAKS:
                if row["code"] in ("ent_one_statistics_defect", "dnma_method"):
                    note = [uai, p.PERIOD, row["code"], row["from_date"], row["to_date"]]
                    connection.execute("INSERT INTO published.notes VALUES (?, ?, ?, ?, ?)", note)
    return str(path)


@pytest.mark.parametrize("lang", SAID)
@pytest.mark.parametrize("figure", [figures.how_we_know, figures.adoption_known], ids=["usage", "adoption"])
def test_a_school_reads_of_the_windows_that_touch_it(figure: Callable[[School], Block], lang: str, database: str) -> None:
    told, untouched = (plain(figure(open_school(uai, p.PERIOD, lang, database)).html) for uai in (p.ANDROID, p.IPAD))
    assert [line for line in SAID[lang] if line not in told] == []
    assert not [line for line in SAID[lang] if line in untouched]


@pytest.mark.parametrize("lang", SAID)
def test_the_territory_reads_of_them_in_both_of_its_reports(lang: str, database: str) -> None:
    territory = open_territory(p.PERIOD, lang, database)
    for figure in (figures.territory_limits, figures.series_breaks):
        told = plain(figure(territory).html)
        assert [line for line in SAID[lang] if line not in told] == []


@pytest.mark.parametrize("kind", SHOWN)
def test_each_report_with_figures_of_the_portal_lists_them(kind: str) -> None:
    assert f"figures.{SHOWN[kind]}(" in (ROOT / f"notebooks/{kind}.ipynb").read_text(encoding="utf-8")


@pytest.mark.parametrize("row", BREAKS, ids=lambda row: f"{row['source']} {row['code']}")
@pytest.mark.parametrize("language", [FR, EN], ids=["fr", "en"])
def test_each_known_break_has_words_of_its_own(row: dict[str, str], language: object) -> None:
    asked = school()
    spans = (Span(row["code"], dt.date.fromisoformat(row["from_date"]), dt.date.fromisoformat(row["to_date"])),)
    told = breaks(School(language, asked.facts, {}, {}, (), spans, (), CONTEXT))  # type: ignore[arg-type]
    assert len(told) == 1
    assert plain(told[0]).startswith(("ENT ONE", "DNMA"))
