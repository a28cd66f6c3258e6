"""`%%sql`: rows of the warehouse in a cell, variables by name, mistakes in one line; and what `open_warehouse` refuses."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell

from analysis import lab
from analysis.config import Config
from analysis.errors import UserError
from tests.lab.conftest import DAYS, PUPILS

USED = "SELECT level, minutes FROM marts.pupil_day WHERE uai = $uai AND local_date = DATE '2025-10-06' ORDER BY minutes"


@pytest.fixture
def shell(town: Config) -> Iterator[InteractiveShell]:
    """A shell as a notebook has it, with the warehouse open."""
    shell = InteractiveShell()
    with pl.Config(), lab.open_warehouse(town.warehouse) as warehouse:
        lab.load_ipython_extension(shell)
        shell.user_ns |= {"warehouse": warehouse, "uai": "0920001B"}
        yield shell


def test_rows_are_a_frame_and_a_variable_is_a_value(shell: InteractiveShell) -> None:
    assert shell.run_cell_magic("sql", "", USED).rows() == [("CE1", 10.0 + i) for i in range(PUPILS)]
    shell.user_ns["uai"] = "0920001B' OR '1' = '1"
    assert shell.run_cell_magic("sql", "", USED).rows() == []


def test_rows_are_kept_under_a_name(shell: InteractiveShell) -> None:
    assert shell.run_cell_magic("sql", " days ", USED) is None
    assert shell.user_ns["days"].rows() == [("CE1", 10.0 + i) for i in range(PUPILS)]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT level FROM marts.pupils_day", "pupils_day"),
        ("SELECT $school", "there is no variable school"),
        ("SELEC 1", "syntax error"),
        ("CREATE TABLE marts.mine (i INTEGER)", "read-only"),
        ("SELECT * FROM read_csv('/etc/passwd')", "disabled"),
    ],
)
def test_a_mistake_is_told_in_a_line(shell: InteractiveShell, query: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        shell.run_cell_magic("sql", "", query)


def test_without_a_warehouse_it_says_how_to_open_one(shell: InteractiveShell) -> None:
    del shell.user_ns["warehouse"]
    with pytest.raises(UsageError, match="open_warehouse"):
        shell.run_cell_magic("sql", "", "SELECT 1")


def test_what_is_open_cannot_be_written_and_nothing_outside_is_read(town: Config, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a\n1\n")
    with lab.open_warehouse(town.warehouse) as warehouse:
        for statement in ("DELETE FROM marts.pupil_day", f"SELECT * FROM '{tmp_path / 'other.csv'}'", "SET enable_external_access = true"):
            with pytest.raises(duckdb.Error):
                warehouse.execute(statement).fetchall()
        assert warehouse.execute("SELECT COUNT(*) FROM lake.device_events").fetchall() == [(2 * PUPILS * len(DAYS),)]


def test_no_warehouse_yet_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cartable build"):
        lab.open_warehouse(tmp_path / "warehouse.duckdb")
