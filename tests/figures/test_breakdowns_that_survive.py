"""A figure stays readable with gaps; one that would be mostly gaps gives way to a sentence, and no line crosses a withheld week."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from analysis import figures
from analysis.figures.time_axis import stretches
from analysis.reports.blocks import Block
from analysis.reports.school import School, Value, open_school
from tests import published as p
from tests import published_adoption as a
from tests import published_equity as e

Hides = Callable[[str, str], bool]  # breakdown, category
MOSTLY = "la plupart des chiffres ne sont pas publiés (moins de 11 élèves)."


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> School:
    """The Android school with the cells of all three reports."""
    folder = tmp_path_factory.mktemp("three")
    cells: dict[tuple[str, str, str, str], Value] = {}
    for name, tables in (("usage", p), ("adoption", a), ("equity", e)):
        opened = open_school(p.ANDROID, p.PERIOD, "fr", str(tables.write(Path(folder / f"{name}.duckdb"))))
        cells |= opened.cells
    monday = ("minutes_per_pupil_day", "weekday", "1", "foreground")
    return replace(opened, cells={**cells, (*monday[:2], "3", monday[3]): cells[monday]})  # five days a week


def hidden(school: School, hides: Hides, reason: str = "small") -> School:
    """The school with these cells withheld."""
    gone = Value(None, None, None, None, None, False, reason, "")
    cells = {key: replace(gone, evidence=key[3]) if hides(key[1], key[2]) else value for key, value in school.cells.items()}
    return replace(school, cells=cells)


def read(block: Block) -> str:
    text = re.sub(r"<svg.*?</svg>", "", block.html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).replace("\u00a0", " ").replace("\u202f", " ").split())


@pytest.mark.parametrize(
    ("name", "shown", "said"),
    [
        ("by_level", ("level", "CP"), "Minutes selon le niveau"),
        ("week_profile", ("weekday", "1", "2"), "Minutes selon le jour de la semaine"),
        ("minutes_over_time", ("week", "2025-09-01", "2025-09-08"), "Minutes de semaine en semaine"),
        ("kinds_of_apps", ("app_category", "lecture"), "Sortes d’applications"),
        ("weekly_active", ("week", "2025-09-01", "2025-09-08"), "Élèves actifs de semaine en semaine"),
        ("portal_services", ("module", "Blog"), "Services ouverts sur l’ENT"),
        ("retention", ("retention", "2025-09|1-4"), "Semaines d’usage depuis le premier usage"),
    ],
)
def test_a_figure_of_gaps_gives_way_to_a_sentence(school: School, name: str, shown: tuple[str, ...], said: str) -> None:
    breakdown, *kept = shown
    whole = figures.FIGURES[name](school)
    known = {category for _, at, category, _ in school.cells if at == breakdown}
    left = kept if set(kept) <= known else [min(known)]
    gaps = figures.FIGURES[name](hidden(school, lambda at, category: at == breakdown and category not in left))
    assert f"{said} :" not in read(whole)
    assert read(gaps) == f"{said} : {MOSTLY}"
    assert not re.search(r"<svg|<table", gaps.html)


def test_half_is_still_a_figure_and_the_others_are_named(school: School) -> None:
    """Of CP, CE1, CE2, CM1 and CM2, two stay hidden."""
    text = read(figures.by_level(hidden(school, lambda at, category: at == "level" and category in ("CE2", "CM1"), "complement")))
    assert "CE2 et CM1 : non publié (pour protéger un autre chiffre)." in text
    assert "CM2 13 min" in text


def test_cycles_stand_where_levels_are_too_small_and_say_so(school: School) -> None:
    value = school.series("minutes_per_pupil_day", "level")[0][1]
    others = {key: cell for key, cell in school.cells.items() if key[:2] != ("minutes_per_pupil_day", "level")}
    cycles = {("minutes_per_pupil_day", "level", name, school.evidence): value for name in ("CM1–CM2", "CP–CE2")}
    text = read(figures.by_level(replace(school, cells=others | cycles)))
    assert re.search(r"CP–CE2 .*CM1–CM2", text)
    assert "Les niveaux sont réunis par cycle : seuls, ils comptent trop peu d’élèves." in text
    assert "réunis par cycle" not in read(figures.by_level(school))


def test_groups_of_a_trait_that_is_mostly_hidden_have_no_row(school: School) -> None:
    def hides(at: str, category: str) -> bool:
        return at == "social_band" and category != "favorisée"

    for name in ("access_by_group", "regular_by_group"):
        before, after = read(figures.FIGURES[name](school)), read(figures.FIGURES[name](hidden(school, hides)))
        assert "milieu favorisé" in before
        assert "milieu favorisé" not in after.replace("milieu social", "")
        assert f"Groupes selon le milieu social : {MOSTLY}" in after
        assert "filles" in after


def test_a_trait_without_any_figure_says_so_once(school: School) -> None:
    text = read(figures.access_by_group(hidden(school, lambda at, category: at == "sex", "steady")))
    assert text.count("Groupes selon le sexe : aucun chiffre n’est publié (trop peu d’élèves à un moment de l’année).") == 1
    assert "filles" not in text


def test_a_level_row_that_is_mostly_hidden_leaves_the_other_row(school: School) -> None:
    cells = {
        key: replace(value, value=None, shown=False, reason="small") if key[:2] == ("regular_share", "level") else value
        for key, value in school.cells.items()
    }
    text = read(figures.adoption_by_level(replace(school, cells=cells)))
    assert "équipés, parmi les inscrits" in text
    assert "Réguliers, parmi les équipés : aucun chiffre n’est publié (moins de 11 élèves)." in text


def test_a_quartile_that_is_mostly_hidden_has_no_column(school: School) -> None:
    cells = {
        key: replace(value, value=None, shown=False, reason="floor") if key[0].startswith(("q1_", "q3_")) else value
        for key, value in school.cells.items()
    }
    text = read(figures.minutes_over_time(replace(school, cells=cells)))
    assert "premier quart" not in text
    assert "semaine du médiane 1er septembre" in text


def test_a_withheld_week_cuts_the_line_and_says_why(school: School) -> None:
    weeks = [(week, 1.0) for week in p.WEEKS if week != p.WEEKS[2]]
    assert [len(run) for run in stretches(weeks)][:2] == [2, 4]  # then the holidays
    text = read(figures.minutes_over_time(hidden(school, lambda at, category: category == p.WEEKS[2].isoformat(), "revision")))
    assert "Semaine sans point : non publié (" in text
    assert "modifié depuis sa parution" in text


def test_weeks_withheld_at_the_end_stay_on_the_axis(school: School) -> None:
    """The reader sees that the autumn goes on and is not told, not that it ended."""
    last = [week.isoformat() for week in p.WEEKS if week.isoformat() >= "2025-12-01"]
    told = hidden(school, lambda at, category: at == "week" and category in last, "revision")
    for name in ("minutes_over_time", "weekly_active"):
        block = figures.FIGURES[name](told)
        assert "déc." in block.html.partition("</svg>")[0]
        assert "modifié depuis sa parution" in read(block)


def test_coverage_that_is_mostly_hidden_is_not_drawn(school: School) -> None:
    text = read(figures.how_we_know(hidden(school, lambda at, category: at == "week" and category > "2025-09-10")))
    assert f"Couverture de semaine en semaine : {MOSTLY}" in text
