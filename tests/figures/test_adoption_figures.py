"""Each figure of the adoption report for each kind of school, as it is read: nothing withheld, no raw key, no word of another language."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path

import pytest

from analysis import figures
from analysis.figures.lengths import Length, chart
from analysis.reports.blocks import Block
from analysis.reports.school import School, Value, open_school
from analysis.reports.territory import open_territory
from tests import published as p
from tests import published_adoption as a

Opened = Callable[..., School]
NOTEBOOK = Path(__file__).parents[2] / "notebooks/adoption.ipynb"
ADOPTION = {name: figures.FIGURES[name] for name in re.findall(r"figures\.(\w+)\(school\)", NOTEBOOK.read_text(encoding="utf-8"))}
SECRETS = ("0,42", "0.42", "42 %", "42%", "4217")
RAW_KEY = re.compile(r"\b[a-z]+_[a-z0-9_]+\b")
ENGLISH = re.compile(r"\b(the|of|and|with|week|school|pupils?|days?|not|tablets?|levels?|apps?|data|no|per|use|title)\b", re.IGNORECASE)
FRENCH = re.compile(r"\b(les?|une?|des|du|élèves?|écoles?|jours?|semaines?|tablettes?|données|sur|avec|par|dans|que)\b", re.IGNORECASE)
THIN = re.compile(r"(?<=\S) [;:!?%»]|« ")

ALWAYS = {"adoption_answer", "adoption_known", "adoption_method", "contact", "data_tables"}
PORTAL = {"portal_accounts", "portal_rhythm"}
CURVES = {"adoption_funnel", "weekly_active", "adoption_by_level"}
EXPECTED = {
    p.ANDROID: set(ADOPTION) - {"portal_weeks"},
    p.CHROMEBOOK: {"adoption_numbers", *CURVES, *PORTAL, "continuity", "training", "tablets_state"},
    p.IPAD: {"adoption_numbers", "adoption_by_level", *PORTAL, "portal_creation", "portal_weeks", "portal_services", "tablets_state"},
    p.TROLLEYS: {"adoption_numbers", *PORTAL, "portal_creation", "portal_weeks", "portal_services", "tablets_state"},
    p.LOW: {"adoption_numbers", "adoption_by_level", *PORTAL},
    p.TINY: set(),
    p.EMPTY: set(),
    a.HALF: {"adoption_numbers", "equipped_pupils", *CURVES, "training", "tablets_state"},
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """`opened(uai, lang)`: a School of the hand-made published database, or the whole territory."""
    database: Path = a.write(tmp_path_factory.mktemp("adoption") / "figures.duckdb")

    @cache
    def school(uai: str, lang: str = "fr") -> School:
        if uai == p.TERRITORY:
            return open_territory(p.PERIOD, lang, str(database)).whole
        return open_school(uai, p.PERIOD, lang, str(database))

    return school


def plain(text: str) -> str:
    return unescape(text).replace("\u00a0", " ").replace("\u202f", " ")


def words(blocks: list[Block]) -> str:
    """All that a reader reads or hears: text, drawings and text alternatives."""
    pages = re.sub(r"<style.*?</style>|<defs>.*?</defs>", "", "\n".join(block.html for block in blocks), flags=re.DOTALL)
    spoken = " ".join(re.findall(r'aria-label="(.*?)"', pages))
    return unescape(re.sub(r"<[^>]+>", " ", pages) + spoken)


def report(school: School) -> str:
    return words([figure(school) for figure in ADOPTION.values()])


@pytest.mark.parametrize("uai", list(EXPECTED))
def test_each_kind_of_school_shows_what_its_data_allow(opened: Opened, uai: str) -> None:
    shown = {name for name, figure in ADOPTION.items() if figure(opened(uai)).typst}
    assert shown == EXPECTED[uai] | ALWAYS


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("uai", [*EXPECTED, p.TERRITORY])
def test_nothing_withheld_and_no_raw_word_is_read(opened: Opened, uai: str, lang: str) -> None:
    text = plain(report(opened(uai, lang)))
    assert not [secret for secret in SECRETS if secret in text]
    assert not RAW_KEY.findall(text)
    assert not re.findall(r"\b(nan|None|inf|True|False)\b", text)


@pytest.mark.parametrize("uai", list(EXPECTED))
def test_french_reports_have_no_english_word_and_french_spaces(opened: Opened, uai: str) -> None:
    text = report(opened(uai))
    assert not ENGLISH.findall(text.replace("numerique@valmont.example", ""))
    assert not THIN.findall(re.sub(r"\s+\n", "\n", text))
    assert "'" not in text


@pytest.mark.parametrize("uai", list(EXPECTED))
def test_english_reports_have_no_french_word(opened: Opened, uai: str) -> None:
    assert not FRENCH.findall(report(opened(uai, "en")))


@pytest.mark.parametrize("uai", list(EXPECTED))
def test_sentences_of_the_answer_are_short(opened: Opened, uai: str) -> None:
    html = figures.adoption_answer(opened(uai)).html + figures.adoption_numbers(opened(uai)).html
    text = unescape(re.sub(r"<[^>]+>", "\n", html)).replace("\u00a0", "")
    assert max(len(re.findall(r"\w+", sentence)) for sentence in re.split(r"[.!?\n;:]", text)) < 20


@pytest.mark.parametrize("name", sorted(ADOPTION))
def test_a_figure_drawn_twice_is_the_same(opened: Opened, name: str) -> None:
    assert ADOPTION[name](opened(p.ANDROID)) == ADOPTION[name](opened(p.ANDROID))


@pytest.mark.parametrize("uai", list(EXPECTED))
def test_every_chart_has_a_text_alternative_and_a_table(opened: Opened, uai: str) -> None:
    for name, figure in ADOPTION.items():
        html = figure(opened(uai)).html
        assert html.count("<svg role") == html.count("<details>"), name
        assert all(len(label) > 40 for label in re.findall(r'<svg role="img" aria-label="(.*?)"', html)), name


@pytest.mark.parametrize("uai", list(EXPECTED))
def test_nothing_is_called_an_effect(opened: Opened, uai: str) -> None:
    assert not re.findall(r"\beffets?\b|\bimpacts?\b|\busagers?\b", report(opened(uai)), re.IGNORECASE)


def test_a_late_delivery_is_said_with_its_days(opened: Opened) -> None:
    text = plain(figures.equipped_pupils(opened(p.ANDROID)).html)
    assert "92 % équipés début septembre, 99 % à partir du 13 octobre" in text


def test_levels_that_are_apart_are_drawn_and_coded_ones_are_at_their_bound(opened: Opened) -> None:
    text = plain(figures.equipped_pupils(opened(a.HALF)).html)
    assert "Moins d’élèves équipés en CP (5 % au plus) qu’en CM2 (96 %)" in text
    assert "pattern" in text


def test_the_use_of_a_tablet_is_never_taken_from_the_portal(opened: Opened) -> None:
    """The iPads' school has weekly shares of its portal alone; they bear the same name as those of tablets."""
    school = opened(p.IPAD)
    assert school.value("weekly_active_share") is not None
    assert not figures.weekly_active(school).typst
    assert "une semaine ordinaire" not in plain(figures.adoption_numbers(school).html)


def steps_of_rhythm(school: School, **reasons: str) -> School:
    """The school with some steps of its rhythm coded (`at_most`) or withheld."""
    cells = dict(school.cells)
    for step, reason in reasons.items():
        key = ("visit_frequency_share", "frequency", step, "estimated")
        hidden = Value(None, None, None, None, None, False, reason, "estimated")
        cells[key] = replace(cells[key], value=0.05, reason=reason) if reason == "at_most" else hidden
    return replace(school, cells=cells)


def test_a_single_coded_step_takes_the_smallest_other_with_it(opened: Opened) -> None:
    """18, 44, 27 and a coded 11: the 18 must go, or 100 less the others would give the 11 back."""
    text = plain(figures.portal_rhythm(steps_of_rhythm(opened(p.ANDROID), **{"3_or_more": "at_most"})).html)
    assert "44 %" in text
    assert "27 %" in text
    assert "les autres" in text
    assert not re.search(r"\b(18|11|5) %", text)


def test_two_withheld_steps_leave_the_others_as_they_are(opened: Opened) -> None:
    school = steps_of_rhythm(opened(p.ANDROID), **{"3_or_more": "complement", "none": "small"})
    text = plain(figures.portal_rhythm(school).html)
    assert re.search(r"les autres 29 %", text)
    assert not re.search(r"\b(18|11) %", text)


def test_a_service_that_nobody_knows_keeps_its_name_and_is_only_text(opened: Opened) -> None:
    school = opened(p.ANDROID)
    key = ("module_share", "module", "$x_1$ <script>alert(1)</script>", "estimated")
    cells = {**school.cells, key: replace(school.cells[("module_share", "module", "Blog", "estimated")], value=0.6)}
    html = figures.portal_services(replace(school, cells=cells)).html
    assert "<script>" not in html
    assert "$x_1$" in unescape(html)


def test_a_coded_length_is_hatched_and_an_interval_is_drawn() -> None:
    plain_bar = chart([Length("a", 0.5, "50 %")])
    assert "pattern" not in plain_bar
    assert "pattern" in chart([Length("a", 0.05, "5 % au plus", is_bound=True)])
    assert chart([Length("a", 0.5, "50 %", interval=(0.4, 0.6))]).count("<path") > plain_bar.count("<path")


def test_only_the_latest_two_sessions_are_drawn_and_the_others_are_named(opened: Opened) -> None:
    school = opened(p.ANDROID)
    change = school.cells["training_change_minutes", "training", a.TRAINING, "foreground"]
    days = ("2025-09-17", "2025-09-24")
    cells = {**school.cells, **{("training_change_minutes", "training", day, "foreground"): change for day in days}}
    text = plain(figures.training(replace(school, cells=cells)).html)
    assert "17 septembre" not in text
    assert "24 septembre" in text
    assert "5 novembre" in text
    assert "1 séance plus ancienne n’est pas montrée" in plain(figures.adoption_known(replace(school, cells=cells)).html)


def test_a_single_profile_that_creates_is_said_and_several_are_drawn(opened: Opened) -> None:
    one, several = figures.portal_creation(opened(p.TROLLEYS)), figures.portal_creation(opened(p.ANDROID))
    assert "<svg" not in one.html
    assert "les comptes d’élèves créent quelque chose dans 11 % de leurs semaines" in plain(one.html)
    assert "<svg" in several.html
    assert "élèves 11 % ; enseignants 35 % ; parents 16 %" in plain(several.html)


def test_a_withheld_share_of_creation_is_nowhere_and_a_silent_portal_is_no_zero(opened: Opened) -> None:
    school = opened(p.TROLLEYS)
    key = ("created_weeks_share", "profile", "student", "estimated")
    hidden = replace(school, cells={**school.cells, key: Value(None, None, None, None, None, False, "small", "estimated")})
    assert not figures.portal_creation(hidden).html
    silent = replace(school, cells={other: value for other, value in school.cells.items() if other[0] != key[0]})
    assert not figures.portal_creation(silent).html
    said = "Créations sur l’ENT : l’export n’en note aucune pour cette école sur cette période, ce qui n’est pas zéro."
    assert said in plain(figures.adoption_known(silent).html)
    assert said not in plain(figures.adoption_known(hidden).html)
