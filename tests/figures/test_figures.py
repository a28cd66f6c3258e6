"""Each figure of the usage report for each kind of school, as it is read: nothing withheld, no raw key, no word of another language."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from analysis import figures
from analysis.reports.school import School, Value
from tests import published as p

Opened = Callable[..., School]
KINDS = list(p.NAMES)
SECRETS = ("0,42", "0.42", "42 %", "42%", "4217")
RAW_KEY = re.compile(r"\b[a-z]+_[a-z0-9_]+\b")
ENGLISH = re.compile(r"\b(the|of|and|with|week|school|pupils?|days?|not|tablets?|levels?|apps?|data|no|per|use|title)\b", re.IGNORECASE)
FRENCH = re.compile(r"\b(les?|une?|des|du|élèves?|écoles?|jours?|semaines?|tablettes?|données|sur|avec|par|dans|que)\b", re.IGNORECASE)
THIN = re.compile(r"(?<=\S) [;:!?%»]|« ")

NOTEBOOK = Path(__file__).parents[2] / "notebooks/usage.ipynb"
SHOWN = re.findall(r"figures\.(\w+)\(school\)", NOTEBOOK.read_text(encoding="utf-8"))  # the title block, which has no finding, apart
USAGE = {name: figures.FIGURES[name] for name in SHOWN}

EXPECTED = {
    p.ANDROID: set(USAGE) - {"devices_seen"},
    p.CHROMEBOOK: set(USAGE) - {"devices_seen", "in_school_and_outside", "kinds_of_apps", "shared_devices"},
    p.IPAD: {"answer", "three_numbers", "devices_seen", "portal_use"},
    p.TROLLEYS: {"answer", "three_numbers", "shared_devices", "portal_use"},
    p.LOW: {"answer", "three_numbers", "portal_use"},
    p.TINY: {"answer"},
    p.EMPTY: {"answer"},
}
ALWAYS = {"how_we_know", "method", "contact", "data_tables"}


def words(school: School) -> str:
    """All that a reader reads or hears of a report, school's name apart: text, drawings and text alternatives."""
    pages = "\n".join(figure(school).html for figure in USAGE.values())
    pages = re.sub(r"<style.*?</style>|<defs>.*?</defs>", "", pages, flags=re.DOTALL)
    spoken = " ".join(re.findall(r'aria-label="(.*?)"', pages))
    return unescape(re.sub(r"<[^>]+>", " ", pages) + spoken)


@pytest.mark.parametrize("uai", KINDS)
def test_each_kind_of_school_shows_what_its_data_allow(opened: Opened, uai: str) -> None:
    shown = {name for name, figure in USAGE.items() if figure(opened(uai)).typst}
    assert shown == EXPECTED[uai] | ALWAYS


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("uai", KINDS)
def test_nothing_withheld_and_no_raw_word_is_read(opened: Opened, uai: str, lang: str) -> None:
    text = words(opened(uai, lang)).replace("\u00a0", " ").replace("\u202f", " ")
    assert not [secret for secret in SECRETS if secret in text]
    assert not RAW_KEY.findall(text)
    assert not re.findall(r"\b(nan|None|inf|True|False)\b", text)


@pytest.mark.parametrize("uai", KINDS)
def test_french_reports_have_no_english_word_and_french_spaces(opened: Opened, uai: str) -> None:
    text = words(opened(uai))
    assert not ENGLISH.findall(text.replace("numerique@valmont.example", "").replace("Jamf School", ""))
    assert not THIN.findall(re.sub(r"\s+\n", "\n", text))
    assert "'" not in text


@pytest.mark.parametrize("uai", KINDS)
def test_english_reports_have_no_french_word(opened: Opened, uai: str) -> None:
    assert not FRENCH.findall(words(opened(uai, "en")))


@pytest.mark.parametrize("uai", KINDS)
def test_sentences_of_page_one_are_short(opened: Opened, uai: str) -> None:
    html = figures.answer(opened(uai)).html + figures.three_numbers(opened(uai)).html
    text = unescape(re.sub(r"<[^>]+>", "\n", html)).replace("\u00a0", "")
    assert max(len(re.findall(r"\w+", sentence)) for sentence in re.split(r"[.!?\n;]", text)) < 20


@pytest.mark.parametrize("name", sorted(USAGE))
def test_a_figure_drawn_twice_is_the_same(opened: Opened, name: str) -> None:
    assert USAGE[name](opened(p.ANDROID)) == USAGE[name](opened(p.ANDROID))


def test_every_chart_has_a_text_alternative_and_a_table(opened: Opened) -> None:
    for uai in KINDS:
        for name, figure in USAGE.items():
            html = figure(opened(uai)).html
            assert html.count("<svg role") == html.count("<details>"), name
            assert all(len(label) > 40 for label in re.findall(r'<svg role="img" aria-label="(.*?)"', html)), name


def test_a_missing_figure_is_named(opened: Opened) -> None:
    with pytest.raises(AttributeError, match="minutes_over_time"):
        _ = figures.minutes_over_the_rainbow


def with_cell(school: School, measure: str, **changes: Any) -> School:
    """The school with one of its whole-school values changed."""
    key = (measure, "all", "all", school.evidence)
    blank = Value(None, None, None, None, None, True, "", school.evidence)
    return replace(school, cells={**school.cells, key: replace(school.cells.get(key, blank), **changes)})


def test_a_coded_part_is_drawn_at_its_bound_and_its_neighbour_is_merged(opened: Opened) -> None:
    figure = figures.pupil_days_spread(opened(p.ANDROID))
    text = unescape(figure.html).replace("\u00a0", " ")
    assert "5 % au plus" in text
    assert "dessinée à sa borne" in text
    assert "5 à 30" not in text


def test_a_coded_part_beside_exact_ones_is_merged_all_the_same(opened: Opened) -> None:
    """The fault of the picture in the reference: 100 - 38 - 17 - 41 would give back 4."""
    school = with_cell(opened(p.ANDROID), "share_pupil_days_5_30", value=0.41, shown=True, reason="")
    text = unescape(figures.pupil_days_spread(school).html).replace("\u00a0", " ")
    assert "41 %" not in text


def test_use_that_is_itself_coded_hides_its_parts(opened: Opened) -> None:
    school = with_cell(opened(p.CHROMEBOOK), "share_pupil_days_used", value=0.95, reason="at_least")
    text = unescape(figures.pupil_days_spread(school).html).replace("\u00a0", " ")
    assert "95 % au moins" in text
    assert "5 % au plus" in text
    assert not re.search(r"17 %|33 %|12 %", text)


def test_similar_schools_never_ranks(opened: Opened) -> None:
    text = unescape(figures.similar_schools(opened(p.ANDROID)).html)
    assert "pas un classement" in text
    assert not re.search(r"\b\d+(re|er|e) (école|sur)", text)


def test_a_four_day_week_has_no_wednesday(opened: Opened) -> None:
    text = figures.week_profile(opened(p.ANDROID)).html
    assert "mardi" in text
    assert "mercredi" not in text


def test_levels_stand_in_their_order_and_the_small_one_says_why_it_is_absent(opened: Opened) -> None:
    text = unescape(figures.by_level(opened(p.ANDROID)).html).replace("\u00a0", " ")
    assert re.search(r"CP 5 min.*CE1 8 min.*CM1 11 min.*CM2 13 min", text)
    assert "CE2 : non publié (moins de 11 élèves)" in text


def test_a_dollar_or_a_tag_in_an_app_category_is_only_text(opened: Opened) -> None:
    school = opened(p.ANDROID)
    key = ("share_app_minutes", "app_category", "$x_1$ <script>alert(1)</script>", "foreground")
    figure = figures.kinds_of_apps(
        replace(school, cells={**school.cells, key: replace(school.cells[(*key[:2], "lecture", key[3])], value=0.9)})
    )
    assert "<script>" not in figure.html
    assert "$x_1$" in unescape(figure.html)


def test_kinds_of_apps_without_any_time_draw(opened: Opened) -> None:
    school = opened(p.ANDROID)
    cells = {
        key: replace(value, value=0.0) if key[0] == "share_app_minutes" and value.shown else value for key, value in school.cells.items()
    }
    assert "0\u00a0%" in figures.kinds_of_apps(replace(school, cells=cells)).html


def test_a_coded_kind_of_app_says_its_bound(opened: Opened) -> None:
    school = opened(p.ANDROID)
    key = ("share_app_minutes", "app_category", "lecture", "foreground")
    coded = replace(school.cells[key], value=0.02, reason="at_most")
    assert "2\u00a0% au plus" in figures.kinds_of_apps(replace(school, cells={**school.cells, key: coded})).html
