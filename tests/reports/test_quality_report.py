"""The quality report: each sentence in its variants, the grid, and pages in which nothing withheld stands."""

import datetime as dt
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from analysis import figures
from analysis.checks import complaints_of
from analysis.lake import UNCOUNTED
from analysis.reports.document import read_document
from analysis.reports.page import page_of
from analysis.reports.pdf import pdf_of
from analysis.reports.school import School, Source, Value
from analysis.reports.sentences import quality, quality_reasons
from analysis.reports.territory import Territory
from analysis.sources import load_sources
from tests import published as p
from tests.reports.notebooks import executed, read
from tests.reports.values import EN, FR, hidden, number, plain, school

PERIODS: dict[str, dict[str, Any]] = {
    "octobre": {"period": "2025-10", "kind": "month", "from_date": dt.date(2025, 10, 1), "to_date": dt.date(2025, 10, 31)},
    "mars": {"period": "2026-03", "kind": "month", "from_date": dt.date(2026, 3, 1), "to_date": dt.date(2026, 3, 31)},
    "trimestre": {"period": "2025-T1", "kind": "trimester", "from_date": dt.date(2025, 9, 1), "to_date": dt.date(2025, 12, 31)},
    "entre": {"period": "2025-P2", "kind": "stretch", "from_date": dt.date(2025, 11, 3), "to_date": dt.date(2025, 12, 19)},
}
WEEKS = ("2025-09-29", "2025-10-06", "2025-10-13")


def named(name: str, *evidence: str, coverage: Value | None = None, weeks: dict[str, Value] | None = None, devices: int = 200) -> School:
    """A school with sources of that evidence, its coverage of the period and of some weeks."""
    sources = tuple(Source(f"s_{each}", f"Export {each}", each, dt.date(2025, 10, 1), dt.date(2025, 10, 17)) for each in evidence)
    base = school(individual=devices, **({"coverage": coverage} if coverage else {}))
    cells = {("coverage", "week", week, value.evidence): value for week, value in (weeks or {}).items()}
    return replace(base, facts={**base.facts, "name": name, "uai": name}, sources=sources, cells={**base.cells, **cells})


def town(*schools: School, period: str = "octobre", sources: tuple[Source, ...] = (), **tables: Any) -> Territory:
    """A territory of these schools, with rows of what arrived."""
    whole = replace(school(), period={**PERIODS[period], "school_year": "2025-2026"}, sources=sources)
    rows = {name: tuple(tables.get(name, ())) for name in ("arrivals", "set_aside", "unplaced", "clock_errors")}
    return Territory(language=FR, whole=whole, schools=schools, **rows)


def text_of(html: str) -> str:
    """What a reader reads or hears, with plain spaces."""
    spoken = " ".join(re.findall(r'aria-label="(.*?)"', html))
    return plain(unescape(re.sub(r"<[^>]+>", " ", html) + spoken))


A, B, C = (named(name, "foreground", "estimated", coverage=number(0.9)) for name in ("École A", "École B", "École C"))
GONE = [named(f"École {letter}") for letter in "XYZ"]
FAINT = named("École F", "foreground", "estimated", coverage=number(0.31))


@pytest.mark.parametrize(
    ("schools", "expected"),
    [
        ([A, B, C], "Les données d’octobre 2025 sont arrivées pour les 3 écoles qui ont des tablettes."),
        ([A], "Les données d’octobre 2025 sont arrivées pour la seule école qui a des tablettes."),
        ([A, B, GONE[0]], "Les données d’octobre 2025 sont arrivées pour 2 écoles sur 3 ; il manque École X."),
        ([A, *GONE[:2]], "Les données d’octobre 2025 sont arrivées pour une école sur 3 ; il manque École X et École Y."),
        ([A, B, *GONE], "Les données d’octobre 2025 sont arrivées pour 2 écoles sur 5 ; il en manque 3."),
        (GONE, "Aucune donnée de tablette d’octobre 2025 n’est arrivée."),
        ([named("É", "estimated", devices=0)], "Aucune école n’a de tablette connue sur cette période."),
        ([], "Aucune école n’a de tablette connue sur cette période."),
    ],
)
def test_the_answer_counts_schools_and_names_few(schools: list[School], expected: str) -> None:
    assert plain(quality.answer(town(*schools))[0]) == expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("octobre", "Les données d’octobre 2025 sont"),
        ("mars", "Les données de mars 2026 sont"),
        ("trimestre", "Les données de septembre à décembre 2025 sont"),
        ("entre", "Les données du 3 novembre au 19 décembre 2025 sont"),
    ],
)
def test_a_period_is_said_with_its_article(period: str, expected: str) -> None:
    assert plain(quality.answer(town(A, period=period))[0]).startswith(expected)


@pytest.mark.parametrize(
    ("schools", "expected"),
    [
        ([A, B], "Les données de l’ENT sont arrivées pour toutes les écoles."),
        ([A, FAINT], "Trop peu de tablettes sont vues : École F. Les données de l’ENT sont arrivées pour toutes les écoles."),
        ([A, B, GONE[0]], "Les données de l’ENT manquent pour 1 école."),
        ([A, *GONE[:2]], "Les données de l’ENT manquent pour 2 écoles."),
        (GONE, "Aucune donnée de l’ENT n’est arrivée."),
        (
            [replace(FAINT, facts={**FAINT.facts, "uai": str(i)}) for i in range(3)],
            "Dans 3 écoles, trop peu de tablettes sont vues. Les données de l’ENT sont arrivées pour toutes les écoles.",
        ),
    ],
)
def test_the_complement_says_what_is_thin_and_the_portal(schools: list[School], expected: str) -> None:
    assert plain(quality.answer(town(*schools))[1]) == expected


@pytest.mark.parametrize(
    ("coverage", "is_faint"),
    [
        (number(0.49), True),
        (number(0.5), False),
        (number(0.05, "at_most"), True),
        (number(0.95, "at_least"), False),
        (hidden("small"), False),
        (None, False),
    ],
)
def test_a_school_is_faint_when_its_known_coverage_is_under_the_floor(coverage: Value | None, is_faint: bool) -> None:
    assert bool(quality.faint(town(named("É", "foreground", coverage=coverage)))) == is_faint


@pytest.mark.parametrize(
    ("schools", "expected"),
    [
        ([A, B], []),
        ([named("É", "estimated")], ["É : aucun export ne parle de ses tablettes (environ 200)."]),
        ([FAINT], ["École F : 31 % des jours-tablettes sont arrivés, il en faut 50 %."]),
        ([A, named("É", "foreground")], ["ENT : aucun export ne couvre É."]),
        ([named("É", "foreground")], ["ENT : aucun export n’est arrivé pour cette période."]),
        (
            [
                named(
                    "É", "foreground", "estimated", weeks={WEEKS[0]: number(0.9), WEEKS[1]: number(0.05, "at_most"), WEEKS[2]: number(0.8)}
                )
            ],
            ["É : presque rien pour la semaine du 6 octobre."],
        ),
        (
            [
                named(
                    "É",
                    "foreground",
                    "estimated",
                    weeks={WEEKS[0]: number(0), WEEKS[1]: number(0.05, "at_most"), WEEKS[2]: hidden("small")},
                )
            ],
            ["É : presque rien pour 2 semaines, celles du 29 septembre et du 6 octobre."],
        ),
    ],
)
def test_each_absence_is_one_line(schools: list[School], expected: list[str]) -> None:
    assert [plain(line) for line in quality.missing(town(*schools))] == expected


@pytest.mark.parametrize(("last", "is_said"), [(dt.date(2025, 12, 5), False), (dt.date(2025, 12, 4), True)])
def test_an_export_that_stops_two_weeks_before_the_others_is_told(last: dt.date, is_said: bool) -> None:
    ends = {"Tablettes": dt.date(2025, 12, 19), "Chromebook": last}
    sources = tuple(Source(name, name, "foreground", dt.date(2025, 9, 1), day) for name, day in ends.items())
    said = [line for line in map(plain, quality.missing(town(A, sources=sources))) if "Chromebook" in line]
    expected = "Chromebook : rien après le 4 décembre 2025, alors que d’autres données vont jusqu’au 19 décembre 2025."
    assert said == ([expected] if is_said else [])


def test_nothing_missing_is_said_too() -> None:
    assert "Rien ne manque" in text_of(figures.missing_data(town(A)).html)
    assert "aucun export" not in text_of(figures.missing_data(town(A)).html)


@pytest.mark.parametrize(
    ("share", "expected"), [(0, "0 %"), (0.00001, "< 0,01 %"), (0.00012, "0,01 %"), (0.0049, "0,49 %"), (0.031, "3 %"), (1, "100 %")]
)
def test_few_rows_are_not_rounded_to_none(share: float, expected: str) -> None:
    assert plain(quality.small_share(FR, share)) == expected


def aside(rows: int, column: str = "date", problem: str = "empty") -> dict[str, Any]:
    return {"title": "Export", "column": column, "problem": problem, "row_count": rows}


READ = {"title": "Export", "files": 2, "rows_read": 1000, "rows_loaded": 0, "rows_set_aside": 3, "rows_duplicate": 0}
ARRIVED = [{**READ, "first_day": dt.date(2025, 9, 1), "last_day": None}]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "Aucune ligne écartée"),
        ([aside(1)], "1 ligne écartée, 0,10 % des lignes lues"),
        ([aside(20), aside(10, problem="not a date. Expected minutes")], "30 lignes écartées, 3 % des lignes lues"),
    ],
)
def test_rows_set_aside_are_counted_in_the_title(rows: list[dict[str, Any]], expected: str) -> None:
    assert expected in text_of(figures.set_aside(town(arrivals=ARRIVED, set_aside=rows)).html)


def test_reasons_of_one_family_stand_on_one_line_and_rare_ones_go_together() -> None:
    rows = [aside(4, "jour", "not a date. Expected a"), aside(3, "jour", "not a date. Expected b")]
    rows += [aside(2, f"colonne {i}") for i in range(20)]
    text = text_of(figures.set_aside(town(arrivals=ARRIVED, set_aside=rows)).html)
    assert re.search(r"jour\s+date illisible\s+7\s", text)
    assert re.search(r"autres raisons, plus rares\s+–\s+–\s+12\s", text)  # 21 lines, of which 15 are shown


def test_every_reason_of_every_format_has_its_words_and_its_remedy() -> None:
    problems = {complaint.reason for source in load_sources().values() if source.fills for complaint in complaints_of(source)}
    split = {"not valid JSON", "fewer than the 5 columns of the header", "more than the 5 columns of the header", "a line that is too long"}
    families = {problem: quality_reasons.family(problem) for problem in problems | split | {UNCOUNTED}}
    assert [problem for problem, family in families.items() if family == "other"] == []
    for family in set(families.values()):
        assert quality_reasons.reason(FR, family) != quality_reasons.reason(FR, "other")
        assert quality_reasons.reason(FR, family) != quality_reasons.reason(EN, family)
        assert quality_reasons.remedy(FR, family).endswith(".")
    assert quality_reasons.reason(FR, quality_reasons.family("words that no check says")) == "autre raison"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "Aucune tablette sans titulaire"),
        ([{"title": "Export", "devices": 1, "row_count": 1}], "1 tablette sans titulaire Export : 1 tablette, 1 ligne en attente."),
        (
            [{"title": "Export", "devices": 3, "row_count": 1204}],
            "3 tablettes sans titulaire Export : 3 tablettes, 1 204 lignes en attente.",
        ),
    ],
)
def test_tablets_without_a_holder(rows: list[dict[str, Any]], expected: str) -> None:
    assert expected in re.sub(r"\s+", " ", text_of(figures.unplaced_devices(town(unplaced=rows)).html))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "Aucune erreur d’horloge"),
        (
            [{"title": "Export", "row_count": 1, "kind": "before_data"}],
            "1 ligne datée par une horloge fausse Export : 1 ligne d’avant le début des données.",
        ),
        (
            [{"title": "Export", "row_count": 57, "kind": "impossible_date"}],
            "57 lignes datées par une horloge fausse Export : 57 lignes à une date impossible, écartées.",
        ),
    ],
)
def test_wrong_clocks(rows: list[dict[str, Any]], expected: str) -> None:
    assert expected in re.sub(r"\s+", " ", text_of(figures.clock_errors(town(clock_errors=rows)).html))


def test_arrivals_say_when_there_is_no_file_and_leave_no_day_empty() -> None:
    assert "Aucun fichier n’est arrivé" in text_of(figures.arrivals(town()).html)
    text = re.sub(r"\s+", " ", text_of(figures.arrivals(town(arrivals=ARRIVED)).html))
    assert "Ce qui est arrivé : 2 fichiers, 1 000 lignes" in text
    assert "1er sept. 2025 –" in text


def grid(*schools: School) -> str:
    return figures.coverage_grid(town(*schools)).html


def drawn(html: str) -> list[str]:
    """The words of the drawing, one for each cell and name."""
    return [plain(unescape(each)).strip() for each in re.findall(r"<text[^>]*>(.*?)</text>", html, flags=re.DOTALL)]


def test_a_cell_says_its_number_its_bound_or_that_it_is_withheld() -> None:
    weeks = {WEEKS[0]: number(0.62), WEEKS[1]: hidden("small"), WEEKS[2]: number(0.05, "at_most")}
    html = grid(named("É", "foreground", coverage=number(0.9), weeks=weeks), named("È", "foreground"))
    assert [word for word in drawn(html) if word in ("90", "62", "np", "≤ 5", "–")] == ["90", "62", "np", "≤ 5", "–", "–", "–", "–"]
    text = re.sub(r"\s+", " ", text_of(html))
    assert "École" not in text
    assert "É 90 % 62 % np ≤ 5 %" in text
    assert "écoles : 2, semaines : 3. Cases sous le plancher : 1 ; non publiées : 1 ; au-dessus : 1." in text


def test_only_cells_under_the_floor_are_hatched() -> None:
    above = named("É", "foreground", coverage=number(0.9), weeks={WEEKS[0]: number(0.62)})
    assert "<pattern" not in grid(above)
    assert "<pattern" in grid(FAINT)
    assert "École F (31 %)" in text_of(grid(FAINT))


@pytest.mark.parametrize(
    ("schools", "expected"),
    [
        ([A], "Couverture : aucune école connue sous le plancher de 50 %"),
        ([A, FAINT], "Couverture : 1 école sous le plancher de 50 %"),
        ([FAINT, replace(FAINT, facts={**FAINT.facts, "uai": "2"})], "Couverture : 2 écoles sous le plancher de 50 %"),
    ],
)
def test_the_title_of_the_grid_counts_schools_under_the_floor(schools: list[School], expected: str) -> None:
    assert expected in text_of(grid(*schools))


def test_without_tablets_there_is_no_grid() -> None:
    assert grid(named("É", "estimated", devices=0)) == ""


def test_many_schools_go_on_in_a_second_grid_and_many_weeks_in_a_second_table() -> None:
    weeks = {(dt.date(2025, 9, 1) + dt.timedelta(7 * i)).isoformat(): number(0.83) for i in range(30)}
    html = grid(*(named(f"École {i}", "foreground", coverage=number(0.9), weeks=weeks) for i in range(40)))
    assert html.count("<svg") == 2
    assert html.count("<details>") == 3
    assert "83" not in drawn(html)  # cells of 30 weeks are too narrow for a number
    assert html.count("83\u00a0%") == 40 * 30


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(p.write(tmp_path_factory.mktemp("published") / "figures.duckdb"))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_report_has_two_to_four_pages_without_anything_withheld(published: str, tmp_path: Path, lang: str) -> None:
    document = read_document(executed(read("quality"), period=p.PERIOD, lang=lang, published=published))
    (tmp_path / "quality.pdf").write_bytes(pdf_of(document))
    with pikepdf.open(tmp_path / "quality.pdf") as pdf:
        assert 2 <= len(pdf.pages) <= 4
    text = text_of(re.sub(r"<style.*?</style>", "", page_of(document), flags=re.DOTALL))
    assert not [secret for secret in ("0,42", "0.42", "42 %", "42%", "4217") if secret in text]
    assert not re.findall(r"\b(nan|None|inf|True|False)\b", text)
    assert "École élémentaire Paul Bert" in text
