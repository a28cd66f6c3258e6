"""Each figure on equity for each kind of school, read as a reader would: nothing withheld, no raw key, no word of another language."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path

import pytest

from analysis import figures
from analysis.figures import fitting, gaps_chart, style
from analysis.figures.use_gaps import signed_minutes
from analysis.reports.blocks import Block
from analysis.reports.language import Language
from analysis.reports.school import School, Value, open_school
from analysis.reports.territory import open_territory
from tests import published as p
from tests import published_equity as e

Opened = Callable[..., School]
ALWAYS = ("equity_answer", "access_by_group", "use_gaps", "outcomes", "equity_missing", "equity_method")
NAMES = (*ALWAYS, "equity_numbers", "regular_by_group", "lorenz_curve", "inequality_between")
EQUITY = {name: figures.FIGURES[name] for name in NAMES}
EXPECTED = {
    p.ANDROID: set(NAMES),
    p.CHROMEBOOK: set(NAMES),
    p.IPAD: {*ALWAYS, "equity_numbers"},
    p.TROLLEYS: {*ALWAYS, "equity_numbers"},
    e.NO_TRAITS: set(NAMES) - {"regular_by_group"},
    p.LOW: {*ALWAYS, "equity_numbers"},
    p.TINY: set(ALWAYS),
    e.ONE_CLASS: set(NAMES) - {"lorenz_curve", "inequality_between"},
    p.EMPTY: set(ALWAYS),
    p.TERRITORY: set(NAMES),
}
SECRETS = ("0,42", "0.42", "42 %", "42%", "4217")
RAW_KEY = re.compile(r"\b[a-z]+_[a-z0-9_]+\b")
ENGLISH = re.compile(r"\b(the|of|and|with|week|school|pupils?|days?|not|tablets?|levels?|apps?|data|no|per|use|title)\b", re.IGNORECASE)
FRENCH = re.compile(r"\b(les?|une?|des|du|élèves?|écoles?|jours?|semaines?|tablettes?|données|sur|avec|par|dans|que)\b", re.IGNORECASE)
THIN = re.compile(r"(?<=\S) [;:!?%»]|« ")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """`opened(uai, lang)`: a School of the hand-made published database."""
    database: Path = e.write(tmp_path_factory.mktemp("equity") / "figures.duckdb")

    @cache
    def school(uai: str, lang: str = "fr") -> School:
        if uai == p.TERRITORY:
            return open_territory(p.PERIOD, lang, str(database)).whole
        return open_school(uai, p.PERIOD, lang, str(database))

    return school


def plain(text: str) -> str:
    return unescape(text).replace("\u00a0", " ").replace("\u202f", " ")


def read(block: Block) -> str:
    """What a reader reads or hears of a block: text, drawing and text alternative, with plain spaces."""
    page = re.sub(r"<style.*?</style>|<defs>.*?</defs>", "", block.html, flags=re.DOTALL)
    return plain(re.sub(r"<[^>]+>", " ", page) + " ".join(re.findall(r'aria-label="(.*?)"', page)))


def words(school: School) -> str:
    return "\n".join(read(figure(school)) for figure in EQUITY.values())


@pytest.mark.parametrize("uai", EXPECTED)
def test_each_kind_of_school_shows_what_its_data_allow(opened: Opened, uai: str) -> None:
    assert {name for name, figure in EQUITY.items() if figure(opened(uai)).typst} == EXPECTED[uai]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("uai", EXPECTED)
def test_nothing_withheld_and_no_raw_word_is_read(opened: Opened, uai: str, lang: str) -> None:
    text = words(opened(uai, lang))
    assert not [secret for secret in SECRETS if secret in text]
    assert not RAW_KEY.findall(text)
    assert not re.findall(r"\b(nan|None|inf|True|False|unknown|true|false)\b", text)


@pytest.mark.parametrize("uai", EXPECTED)
def test_french_reports_have_no_english_word_and_french_spaces(opened: Opened, uai: str) -> None:
    html = "\n".join(figure(opened(uai)).html for figure in EQUITY.values())
    text = unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<style.*?</style>|<defs>.*?</defs>", "", html, flags=re.DOTALL)))
    assert not ENGLISH.findall(text)
    assert not THIN.findall(re.sub(r"\s+\n", "\n", text))
    assert "'" not in text


@pytest.mark.parametrize("uai", EXPECTED)
def test_english_reports_have_no_french_word(opened: Opened, uai: str) -> None:
    assert not FRENCH.findall(words(opened(uai, "en")))


@pytest.mark.parametrize("uai", EXPECTED)
def test_sentences_of_page_one_are_short(opened: Opened, uai: str) -> None:
    html = figures.equity_answer(opened(uai)).html + figures.equity_numbers(opened(uai)).html
    text = unescape(re.sub(r"<[^>]+>", "\n", html)).replace("\u00a0", "")
    assert max(len(re.findall(r"\w+", sentence)) for sentence in re.split(r"[.!?\n;]", text)) < 20


def test_every_chart_has_a_text_alternative_and_a_table(opened: Opened) -> None:
    for uai in EXPECTED:
        for name, figure in EQUITY.items():
            html = figure(opened(uai)).html
            assert html.count("<svg role") == html.count("<details>"), name
            assert all(len(label) > 40 for label in re.findall(r'<svg role="img" aria-label="(.*?)"', html)), name


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_drawn_twice_is_the_same(opened: Opened, name: str) -> None:
    assert EQUITY[name](opened(p.ANDROID)) == EQUITY[name](opened(p.ANDROID))


def test_pupils_of_whom_nothing_is_known_are_named_in_the_note_and_never_drawn(opened: Opened) -> None:
    text = read(figures.use_gaps(opened(p.ANDROID)))
    assert "Pour une partie des élèves, ceci n’est pas connu : le milieu social." in text
    assert "7 min" not in text  # their mean


def test_groups_stand_in_the_towns_order_and_a_withheld_cell_says_so(opened: Opened) -> None:
    text = read(figures.access_by_group(opened(p.ANDROID)))
    assert re.search(r"milieu très favorisé.*milieu favorisé.*milieu moyen.*milieu défavorisé", text, re.DOTALL)
    assert re.search(r"milieu moyen\s+non publié \(moins de 11 élèves\)\s+95 %", text)


@pytest.mark.parametrize(
    ("uai", "title"),
    [
        (p.ANDROID, "Une différence sûre, selon le milieu social"),
        (p.CHROMEBOOK, "Entre les groupes, aucune différence sûre"),
        (e.ONE_CLASS, "Entre les groupes, aucune différence sûre"),
        (p.TERRITORY, "Des différences sûres, selon le milieu social et l’accompagnement"),
    ],
)
def test_the_title_of_the_gaps_names_the_sure_ones(opened: Opened, uai: str, title: str) -> None:
    assert re.sub(r"<[^>]+>", "", plain(figures.use_gaps(opened(uai)).html)).lstrip().startswith(title)


def test_all_gaps_alike_is_a_finding(opened: Opened) -> None:
    school = opened(p.ANDROID)
    kept = {key: value for key, value in school.cells.items() if key[0] != "gap_minutes" or key[1] == "sex"}
    assert "Autant d’usage d’un groupe à l’autre, à une minute près" in read(figures.use_gaps(replace(school, cells=kept)))


def test_the_table_of_gaps_gives_them_to_half_a_minute() -> None:
    said = [plain(signed_minutes(Language("fr"), amount)) for amount in (-3.5, 2, 0, -0.5, 0.5)]
    assert said == ["−3,5 min", "+2 min", "0 min", "−0,5 min", "+0,5 min"]


@pytest.mark.parametrize(
    ("uai", "reason"),
    [
        (p.IPAD, "un iPad dit quand il est vu"),
        (p.TROLLEYS, "les tablettes sont partagées"),
        (e.NO_TRAITS, "Les listes d’élèves ne distinguent aucun groupe."),
        (p.LOW, "Données insuffisantes."),
        (p.TINY, "Moins de 11 élèves."),
        (p.EMPTY, "aucune tablette confiée à un élève"),
    ],
)
def test_without_a_gap_a_box_says_why(opened: Opened, uai: str, reason: str) -> None:
    text = read(figures.use_gaps(opened(uai)))
    assert "Aucun écart d’usage n’est publié." in text
    assert reason in text


def test_the_territory_counts_schools_and_names_what_a_school_may_not(opened: Opened) -> None:
    text = words(opened(p.TERRITORY))
    assert "Trait : intervalle à 95 %, calculé sur les écoles." in text
    assert "Les élèves accompagnés par un plan utilisent la tablette 2 minutes de moins par jour que les autres." in text
    assert "moyenne de son école" in text
    assert "moyenne de sa classe" not in text


def test_a_wide_interval_ends_in_an_arrow_and_does_not_squash_the_others() -> None:
    wide = gaps_chart.Gap(4, (-1, 40), "+4 min", False, "a", "b")
    assert "+40" not in gaps_chart.chart(Language("fr"), [wide], 1, "minutes")
    assert gaps_chart._limit([wide], gaps_chart.MINUTES.least) == 10  # twice the least, or 2.5 times the largest gap
    assert gaps_chart._limit([replace(wide, interval=(-1, 7))], gaps_chart.MINUTES.least) == pytest.approx(1.08 * 7)
    assert gaps_chart._limit([replace(wide, interval=None)], gaps_chart.MINUTES.least) == pytest.approx(1.08 * 5)


def test_what_a_town_calls_its_bands_is_folded_beside_the_scale() -> None:
    lines = gaps_chart._folded("avantage\nau milieu « très très loin de toute grande ville »", gaps_chart.MINUTES.left).split("\n")
    assert lines[0] == "avantage"
    assert len(lines) == 3
    assert all(fitting.width_of(line, style.SMALL) < 1.2 for line in lines)


def test_a_curve_with_one_point_is_left_to_its_sentences(opened: Opened) -> None:
    school = opened(p.ANDROID)
    kept = {key: value for key, value in school.cells.items() if key[0] != "lorenz_share" or key[2] == "20"}
    block = figures.lorenz_curve(replace(school, cells=kept))
    assert "<svg" not in block.html
    assert "Gini" in block.html


def test_schools_with_shared_tablets_say_that_they_serve_too(opened: Opened) -> None:
    assert "30 tablettes partagées servent aussi" in read(figures.access_by_group(opened(p.TROLLEYS)))


@pytest.mark.parametrize(
    ("everyone", "groups", "title"),
    [
        ((0.99, ""), [(0.98, ""), (0.97, "")], "Presque tous les élèves ont une tablette, quel que soit le groupe"),
        ((0.98, "at_least"), [(0.95, "at_least"), (0.97, "")], "Presque tous les élèves ont une tablette, quel que soit le groupe"),
        ((0.9, "at_least"), [(0.8, "at_least"), (0.8, "at_least")], "Presque tous les élèves ont une tablette"),
        ((0.99, ""), [], "Presque tous les élèves ont une tablette"),
        ((0.93, ""), [(0.98, ""), (0.8, "")], "Ont une tablette : de 80 % (garçons) à 98 % (filles)"),
        ((0.5, ""), [(0.52, ""), (0.48, "")], "50 % des élèves ont une tablette, autant d’un groupe à l’autre"),
        ((0.5, ""), [(0.52, ""), (0.8, "at_least")], "50 % des élèves ont une tablette"),
        ((0.05, "at_most"), [], "5 % au plus des élèves ont une tablette"),
    ],
)
def test_the_title_of_access_compares_only_what_is_known(
    opened: Opened, everyone: tuple[float, str], groups: list[tuple[float, str]], title: str
) -> None:
    shares = {("all", "all"): everyone, **{("sex", sex): share for sex, share in zip("FM", groups, strict=False)}}
    cells = {("equipped_share", *key, ""): Value(share, None, None, 99, None, True, reason, "") for key, (share, reason) in shares.items()}
    html = figures.access_by_group(replace(opened(p.ANDROID), cells=cells)).html
    assert plain(html.partition("</h3>")[0]).strip() == f"<h3>{title}"


def test_groups_of_which_nothing_is_published_are_named_under_the_table(opened: Opened) -> None:
    school = opened(p.ANDROID)
    key = ("equipped_share", "all", "all", "")
    hidden = Value(None, None, None, None, None, False, "small", "")
    cells = {key: school.cells[key], **{("equipped_share", "sex", sex, ""): hidden for sex in "FM"}}
    text = read(figures.access_by_group(replace(school, cells=cells)))
    assert "Groupes selon le sexe : aucun chiffre n’est publié (moins de 11 élèves)." in text
    assert "non publié" not in text
