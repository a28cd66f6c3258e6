"""Comments in the databases: every table and column has one, each word stands in one place, and none is left over."""

from pathlib import Path

import duckdb
import pytest

from analysis.comments import shared_words, words_of_tables
from analysis.config import Config
from analysis.header import read_folder
from analysis.tables import load_tables
from tests.hand_made import Town, config_in, run

COLUMNS = "SELECT schema_name || '.' || table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
TABLES = """
    SELECT schema_name || '.' || table_name, comment FROM duckdb_tables()
    UNION ALL
    SELECT schema_name || '.' || view_name, comment FROM duckdb_views() WHERE NOT internal
"""
WORDS = words_of_tables()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Config:
    config = config_in(tmp_path_factory.mktemp("town"))
    Town().app("d1", "a", "2025-10-06T07:00", "2025-10-06T07:20").write(config)
    run(config)
    return config


def told(database: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def columns(town: Config) -> dict[tuple[str, str], str]:
    found = told(town.warehouse, COLUMNS)
    return {(table, column): comment for table, column, comment in found}


@pytest.mark.parametrize("database", ["warehouse", "published"])
def test_every_table_and_every_column_has_its_comment(town: Config, database: str) -> None:
    path = getattr(town, database)
    assert [name for name, comment in told(path, TABLES) if not comment] == []
    assert [(table, column) for table, column, comment in told(path, COLUMNS) if not comment] == []


def test_a_comment_is_what_the_file_says(town: Config, columns: dict[tuple[str, str], str]) -> None:
    tables = dict(told(town.warehouse, TABLES))
    mart = read_folder(Path(__file__).parents[1] / "analysis" / "marts")["home_day"].header
    assert tables["marts.home_day"] == f"{mart['title']}. One row: {mart['grain']}."
    assert columns["marts.home_day", "home_seconds"] == mart["columns"]["home_seconds"]
    sighting = load_tables()["sightings"]
    assert columns["lake.sightings", "battery_pct"] == f"{sighting.column('battery_pct').meaning} [percent]"
    assert columns["marts.school", "zone"] == columns["lake.schools", "zone"] != ""


def test_both_databases_say_the_same_of_what_is_published(town: Config) -> None:
    of_published = f"{COLUMNS} AND schema_name = 'published' AND table_name <> 'build_state' ORDER BY ALL"
    assert told(town.warehouse, of_published) == told(town.published, of_published) != []


def test_no_word_is_left_over(town: Config, columns: dict[tuple[str, str], str]) -> None:
    known = {*columns, *((table, column) for table, column, _ in told(town.published, COLUMNS))}
    assert [(table, column) for table, words in WORDS.items() for column in words.own if (table, column) not in known] == []
    assert {name for words in WORDS.values() for name in words.like} <= set(load_tables())
    assert sorted(WORDS) == sorted({table for table, _ in known})


def test_a_shared_word_is_shared(columns: dict[tuple[str, str], str]) -> None:
    """A word that one table alone has stands in that table's own file, where its author looks for it."""
    users = {
        word: [t for t, column in columns if column == word and columns[t, column] == meaning] for word, meaning in shared_words().items()
    }
    assert {word: tables for word, tables in users.items() if len(tables) < 2} == {}
