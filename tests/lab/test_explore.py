"""explore.ipynb: it runs, it is no report, and its numbers are those of the report."""

import re

import duckdb
import polars as pl
import pytest

from analysis.config import Config
from analysis.reports.exporters import CartableHtml
from analysis.reports.orders import report_kinds
from tests.conftest import DemoTown
from tests.hand_made import rows
from tests.lab.cells import shown_by
from tests.lab.conftest import DAYS, PUPILS
from tests.reports.notebooks import code_cells, executed, is_parameters, read


@pytest.fixture(scope="module")
def shown(town: Config) -> dict:
    return explored(town)


def explored(config: Config, **more: object) -> dict:
    with pl.Config():
        return shown_by("explore", {"database": str(config.warehouse), "published": str(config.published), **more})


def by_level(frame: pl.DataFrame) -> dict[str, float]:
    return dict(frame.select("level", "minutes_per_day").iter_rows())


def in_the_report(config: Config, uai: str, period: str) -> dict[str, float]:
    """Minutes by level as the usage report prints them for this school, read in the page that a reader opens."""
    notebook = executed(read("usage"), uai=uai, period=period, lang="fr", published=str(config.published))
    page, _ = CartableHtml().from_notebook_node(notebook)
    table = next(t for t in re.findall(r"<table.*?</table>", page, re.DOTALL) if "minutes par élève selon le niveau" in t)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)]
    read_as = {name: re.match(r"[\d,]+", value) for name, value, *_ in cells[1:]}
    return {name: float(found[0].replace(",", ".")) for name, found in read_as.items() if found}


def step_of(config: Config, uai: str, period: str) -> float:
    """To what such a figure is rounded, in minutes."""
    found = f"SELECT MAX(step) FROM measures.cell WHERE measure = 'minutes_per_pupil_day' AND uai = '{uai}' AND period = '{period}'"
    return rows(config, found)[0][0]


def test_three_ways_of_asking_give_one_answer(shown: dict) -> None:
    in_sql = by_level(shown["minutes-en-sql"])
    assert list(in_sql) == ["CE1"]
    assert by_level(shown["minutes-en-polars"]) == pytest.approx(in_sql)
    assert shown["minutes-en-pandas"]["minutes_per_day"].to_dict() == pytest.approx(in_sql)
    measured = {row["category"]: row for row in shown["mesure-avant-controle"].iter_rows(named=True)}
    assert measured["CE1"]["value"] == pytest.approx(in_sql["CE1"])
    assert measured["CE1"]["n"] == PUPILS
    assert measured["CE1"]["numerator"] == len(DAYS) * sum(range(10, 10 + PUPILS))
    assert measured["CE1"]["denominator"] == len(DAYS) * PUPILS


def test_the_report_prints_the_same_number_rounded(town: Config, shown: dict) -> None:
    printed = in_the_report(town, "0920001B", "2025-T1")
    assert list(printed) == ["CE1"]
    assert abs(printed["CE1"] - by_level(shown["minutes-en-sql"])["CE1"]) <= step_of(town, "0920001B", "2025-T1") / 2 + 1e-9


def test_it_says_which_tables_speak_of_persons(town: Config, shown: dict) -> None:
    told = {(schema, is_about): names.split(", ") for schema, is_about, _, names in shown["liste-des-tables"].iter_rows()}
    assert "pupil_day" in told["marts", True] and "school_day" in told["marts", False]
    assert ("published", True) not in told and ("measures", True) not in told
    with duckdb.connect(str(town.warehouse), read_only=True) as warehouse:
        found = warehouse.execute("SELECT table_name FROM duckdb_columns() WHERE column_name = 'person_key'").fetchall()
    assert {name for (name,) in found} <= {*told["marts", True], *told["lake", True]}
    assert shown["colonnes-de-pupil-day"]["comment"].null_count() == 0


def test_its_figure_and_that_of_the_report_are_shown(shown: dict) -> None:
    assert "<svg" in shown["figure-du-rapport"].html
    assert 0 < shown["quelques-lignes"].height <= 5
    assert not [column for column in shown["quelques-lignes"].columns if column.endswith("_key")]


def test_it_is_short_and_no_report() -> None:
    cells = [cell for cell in code_cells(read("explore")) if not is_parameters(cell)]
    assert 10 <= len(cells) <= 12
    assert max(len(cell.source.splitlines()) for cell in cells) <= 12
    assert not any(cell.outputs or cell.execution_count for cell in cells)
    assert "explore" not in report_kinds()


@pytest.mark.slow
def test_in_every_school_explore_and_report_say_the_same(commune: DemoTown) -> None:
    """Each school of the demonstration with a published figure by level, in the trimester that both show by default."""
    config, compared = commune.config, 0
    shown_levels = """
        SELECT DISTINCT uai FROM published."values"
        WHERE measure = 'minutes_per_pupil_day' AND breakdown = 'level' AND shown AND uai <> 'territory' AND period = '2025-T1'
    """
    for (uai,) in rows(config, shown_levels):
        explored_levels = levels_of(config, uai, "2025-T1")
        for level, printed in in_the_report(config, uai, "2025-T1").items():
            if level in explored_levels:  # a cycle stands for levels that are too small
                assert abs(printed - explored_levels[level]) <= step_of(config, uai, "2025-T1") / 2 + 1e-9, (uai, level)
                compared += 1
    assert compared >= 20


def levels_of(config: Config, uai: str, period: str) -> dict[str, float]:
    """What explore's own SQL says of a school, with the school written in."""
    source = next(cell.source for cell in code_cells(read("explore")) if cell.id == "minutes-en-sql").removeprefix("%%sql\n")
    with duckdb.connect(str(config.warehouse), read_only=True) as warehouse:
        evidence = "SELECT device_evidence FROM published.schools WHERE uai = $uai AND period = $period"
        ((how,),) = warehouse.execute(evidence, {"uai": uai, "period": period}).fetchall()
        return {level: minutes for level, _, minutes in warehouse.execute(source, {"uai": uai, "period": period, "how": how}).fetchall()}
