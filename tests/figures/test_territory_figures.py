"""The figures of the territory for each hand-made town, as they are read: nothing withheld, no raw key, no ranking, no other language."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest

from analysis import figures
from analysis.figures.schools_by_social_index import places_of
from analysis.reports.school import School, Value
from analysis.reports.territory import Territory, open_territory
from tests import published as p
from tests import published_territory as t

Opened = Callable[..., Territory]
NOTEBOOK = Path(__file__).parents[2] / "notebooks/territory.ipynb"
CELLS = re.findall(r"figures\.(\w+)\((territory(?:\.whole)?)\)", NOTEBOOK.read_text(encoding="utf-8"))
RAW_KEY = re.compile(r"\b[a-z]+_[a-z0-9_]+\b")
ENGLISH = re.compile(r"\b(the|of|and|with|week|school|pupils?|days?|not|tablets?|levels?|data|no|per|use|title)\b", re.IGNORECASE)
FRENCH = re.compile(r"\b(les?|une?|des|du|élèves?|écoles?|jours?|semaines?|tablettes?|données|sur|avec|par|dans|que)\b", re.IGNORECASE)
THIN = re.compile(r"(?<=\S) [;:!?%»]|« ")
DRAWN = {  # the figures of the territory's own that have something to draw, beside what every town has
    t.TWELVE: {"territory_numbers", "schools_at_a_glance", "concentration_curve"},
    t.ONE: {"territory_numbers", "schools_at_a_glance"},
    t.PORTAL_ONLY: {"territory_numbers"},
    t.TABLETS_ONLY: {"territory_numbers", "schools_at_a_glance", "concentration_curve"},
    t.FORTY: {"territory_numbers", "schools_at_a_glance", "concentration_curve"},
    t.NOTHING_AT_ALL: set(),
}
ALWAYS = {
    "territory_answer", "claims_at_a_glance", "claim_half_hour", "claim_teachers", "claim_alike", "claim_closures",
    "schools_by_social_index", "deployment", "coverage_by_school", "territory_limits", "territory_method",
}  # fmt: skip


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """`opened(town, lang)`: a hand-made territory."""
    folder = tmp_path_factory.mktemp("territories")

    @cache
    def published(town: str) -> str:
        return str(t.write(folder / f"{town}.duckdb", town))

    @cache
    def territory(town: str, lang: str = "fr") -> Territory:
        return open_territory(p.PERIOD, lang, published(town))

    return territory


@cache
def html(territory: Territory) -> str:
    """All figures of the notebook, in their order."""
    return "\n".join(figures.FIGURES[name](territory.whole if about.endswith("whole") else territory).html for name, about in CELLS)


def words(territory: Territory) -> str:
    """All that a reader reads or hears, names of schools and format titles apart."""
    pages = re.sub(f"<style.*?</style>|<defs>.*?</defs>|{t.CUMULATED}", "", html(territory), flags=re.DOTALL)
    spoken = " ".join(re.findall(r'aria-label="(.*?)"', pages))
    text = unescape(re.sub(r"<[^>]+>", " ", pages) + spoken)
    names = f"École élémentaire|{t.NAMES}".replace(" ", r"\s+")  # a long name goes on below
    return re.sub(f"{names}|numerique@valmont.example", "", text)


@pytest.mark.parametrize("town", t.TOWNS)
def test_each_town_shows_what_its_data_allow(opened: Opened, town: str) -> None:
    own = [name for name, about in CELLS if about == "territory"]
    assert {name for name in own if figures.FIGURES[name](opened(town)).typst} == DRAWN[town] | ALWAYS


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("town", t.TOWNS)
def test_nothing_withheld_and_no_raw_word_is_read(opened: Opened, town: str, lang: str) -> None:
    text = words(opened(town, lang)).replace("\u00a0", " ").replace("\u202f", " ")
    assert not re.findall(r"0[,.]42|\b42 ?%|4217", text)
    assert not RAW_KEY.findall(text)
    assert not re.findall(r"\b(nan|None|inf|True|False)\b", text)


@pytest.mark.parametrize("town", t.TOWNS)
def test_french_has_no_english_word_and_its_spaces(opened: Opened, town: str) -> None:
    text = words(opened(town))
    assert not ENGLISH.findall(text)
    assert not THIN.findall(re.sub(r"\s+\n", "\n", text))
    assert "'" not in text


@pytest.mark.parametrize("town", [t.TWELVE, t.ONE, t.PORTAL_ONLY, t.TABLETS_ONLY, t.NOTHING_AT_ALL])
def test_english_has_no_french_word(opened: Opened, town: str) -> None:
    text = words(opened(town, "en")).replace(t.SETTINGS["cost_covers"], "")
    assert not FRENCH.findall(text)


@pytest.mark.parametrize("town", t.TOWNS)
def test_sentences_of_page_one_are_short(opened: Opened, town: str) -> None:
    page = figures.territory_answer(opened(town)).html + figures.territory_numbers(opened(town)).html
    text = unescape(re.sub(r"<[^>]+>", "\n", page)).replace("\u00a0", "")
    assert max(len(re.findall(r"\w+", sentence)) for sentence in re.split(r"[.!?\n;]", text)) < 20


@pytest.mark.parametrize("town", t.TOWNS)
def test_no_school_is_ranked(opened: Opened, town: str) -> None:
    text = words(opened(town)).lower()
    assert not re.search(r"\b\d+(re|er|e|ère|ème) (école|sur)|meilleure école|palmarès|en tête|en queue", text)


def test_every_chart_has_a_text_alternative_and_a_table(opened: Opened) -> None:
    for town in t.TOWNS:
        page = html(opened(town))
        assert page.count("<svg role") == page.count("<details>")
        assert all(len(label) > 40 for label in re.findall(r'<svg role="img" aria-label="(.*?)"', page))


def test_twelve_panels_stand_in_the_neutral_order_with_what_each_may_show(opened: Opened) -> None:
    territory = opened(t.TWELVE)
    block = figures.schools_at_a_glance(territory)
    spoken = unescape(re.findall(r'<svg role="img" aria-label="(.*?)"', block.html)[0]).replace("\u00a0", " ")
    places = [spoken.index(school.language.typeset(school.name)) for school in territory.schools]
    assert places == sorted(places)
    assert "École élémentaire Paul Bert, données insuffisantes" in spoken
    assert "École élémentaire du Hameau, non publié" in spoken
    assert "École élémentaire Les Acacias, pas de minutes par élève" in spoken
    assert "École élémentaire du Parc, tablettes vues de 80 % à 92 %" in spoken
    assert "École élémentaire Les Tilleuls, de 8 min à 14 min" in spoken  # 8, 13, 11, 9, 14, (withheld), 10, 8...


def test_forty_schools_go_on_over_two_figures(opened: Opened) -> None:
    block = figures.schools_at_a_glance(opened(t.FORTY))
    assert block.html.count("<svg role") == 2
    assert "1 sur 2" in block.html and "2 sur 2" in block.html
    assert len(re.findall(r"<tr><th scope=\"row\">", block.html)) == 40


def test_a_withheld_week_cuts_the_curve(opened: Opened) -> None:
    school = next(school for school in opened(t.TWELVE).schools if "Tilleuls" in school.name)
    alone = replace(opened(t.TWELVE), schools=(school,))
    whole = replace(alone, schools=(_with_week_shown(school),))
    paths = [
        len(re.findall(r"<path [^>]*stroke: #332288; stroke-width: 1.5", figures.schools_at_a_glance(each).html)) for each in (alone, whole)
    ]
    assert paths == [3, 2]  # weeks 1 to 5, 7, 10 to 16; then 1 to 7, 10 to 16


def _with_week_shown(school: School) -> School:
    week = ("median_minutes_active_day", "week", p.WEEKS[5].isoformat(), "foreground")
    return replace(school, cells={**school.cells, week: Value(9.0, None, None, 100, None, True, "", "foreground")})


def test_a_coded_end_is_merged_in_the_bar_of_the_claim(opened: Opened) -> None:
    territory = opened(t.TWELVE)
    key = ("share_pupil_days_over_30", "all", "all", "foreground")
    coded = replace(territory.whole.cells[key], value=0.02, reason="at_most")
    whole = replace(territory.whole, cells={**territory.whole.cells, key: coded})
    text = unescape(figures.claim_half_hour(replace(territory, whole=whole)).html).replace("\u00a0", " ")
    assert "2 % au plus" in text
    assert "35 %" not in text  # 100 - 43 - 17 - 35 would give back the coded end
    assert "52 %" in text  # that of Chromebooks is exact


def test_use_that_is_a_bound_hides_its_parts(opened: Opened) -> None:
    territory = opened(t.ONE)
    key = ("share_pupil_days_used", "all", "all", "foreground")
    whole = replace(
        territory.whole, cells={**territory.whole.cells, key: replace(territory.whole.cells[key], value=0.98, reason="at_least")}
    )
    text = unescape(figures.claim_half_hour(replace(territory, whole=whole)).html).replace("\u00a0", " ")
    assert "98 % au moins" in text and "2 % au plus" in text
    assert "17 %" not in text


def test_labels_of_the_schools_never_touch(opened: Opened) -> None:
    """Each label that is drawn, as wide as the figure reckons it, leaves the others alone; the table has every name."""
    territory = opened(t.FORTY)
    page = figures.schools_by_social_index(territory).html
    with_minutes = places_of(territory)
    assert all(f'<th scope="row">{unescape(place.name)}' in unescape(page) for place in with_minutes)
    drawn = re.findall(r"<text [^>]*translate\(([\d.]+) ([\d.]+)\)[^>]*>([^<]*[^<\d\s][^<]*)</text>", page)
    rows = sorted((round(float(y)), float(x), text) for x, y, text in drawn)
    assert all(a[0] != b[0] or b[1] > a[1] for a, b in pairwise(rows))


def test_priority_education_has_its_own_shape_and_says_so(opened: Opened) -> None:
    text = unescape(figures.schools_by_social_index(opened(t.TWELVE)).html)
    assert "Carré" in text
    assert "École élémentaire Les Tilleuls (REP)" in text
    assert "jamais un élève" in text


def test_the_curve_of_concentration_is_worked_out_by_hand(opened: Opened) -> None:
    """Five Android schools by index: 180 pupils at 8 min, 259 at 13, and so on; the last corner is all of both."""
    territory = opened(t.TWELVE)
    known = sorted(
        (school.facts["ips"], value.n, value.amount)
        for school in territory.schools
        if (value := school.value("minutes_per_pupil_day", evidence="foreground")) is not None and value.is_exact
    )
    pupils, minutes = sum(n for _, n, _ in known), sum(n * amount for _, n, amount in known)
    first = (known[0][1] / pupils, known[0][1] * known[0][2] / minutes)
    page = unescape(figures.concentration_curve(territory).html).replace("\u00a0", " ")
    cells = re.findall(r'<th scope="row">(\d+) %</th><td[^>]*>(\d+) %</td>', page)
    assert cells[0] == ("0", "0") and cells[-1] == ("100", "100")
    assert cells[1] == (f"{100 * first[0]:.0f}", f"{100 * first[1]:.0f}")
    assert len(cells) == len(known) + 1


def test_figures_drawn_twice_are_the_same(opened: Opened) -> None:
    assert html.__wrapped__(opened(t.TWELVE)) == html(opened(t.TWELVE))
