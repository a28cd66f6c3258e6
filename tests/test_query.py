"""`cartable query`: reads the four schemas, and can neither write, nor open a file, nor leave the house."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.config import Config
from analysis.errors import UserError
from analysis.query import ask
from tests.hand_made import Town, config_in, run


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """A built warehouse of one pupil and twenty minutes."""
    config = config_in(tmp_path_factory.mktemp("query"))
    Town().app("d1", "a", "2025-10-06T07:00", "2025-10-06T07:20").write(config)
    run(config)
    return config


def test_the_four_schemas_answer(town: Config) -> None:
    assert ask(town, "SELECT uai, CAST(local_date AS VARCHAR), evidence, minutes FROM marts.pupil_day WHERE minutes > 0").rows == [
        ("0920001B", "2025-10-06", "foreground", 20.0)
    ]
    for table in ("lake.device_events", 'measures."values"', 'published."values"', "lake.files"):
        assert ask(town, f"SELECT COUNT(*) FROM {table}").rows[0][0] > 0
    assert ask(town, "DESCRIBE marts.pupil_day").rows
    assert ask(town, "SHOW ALL TABLES").rows
    assert ask(town, "SUMMARIZE marts.pupil_day").rows
    assert ask(town, "FROM marts.pupil_day LIMIT 1").rows
    assert ask(town, "WITH one AS (SELECT 1 AS n) SELECT n FROM one;").rows == [(1,)]


WRITING = """CREATE TABLE t AS SELECT 1|DROP TABLE marts.pupil_day|DELETE FROM marts.pupil_day|UPDATE marts.pupil_day SET minutes = 0
INSERT INTO marts.pupil_day SELECT * FROM marts.pupil_day|SELECT 1; DROP TABLE marts.pupil_day|COPY marts.pupil_day TO 'out.csv'
EXPORT DATABASE 'out'|ATTACH 'other.duckdb'|INSTALL httpfs|LOAD httpfs|SET enable_external_access = true|RESET lock_configuration|CHECKPOINT
PRAGMA enable_profiling|BEGIN|VACUUM|CREATE TEMP TABLE t AS SELECT 1|CREATE MACRO m() AS 1|SET VARIABLE x = 1||;"""


@pytest.mark.parametrize("sql", [s for line in WRITING.splitlines() for s in line.split("|")])
def test_nothing_but_reading_is_answered(town: Config, sql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = town.warehouse.read_bytes()
    with pytest.raises(UserError):
        ask(town, sql)
    assert town.warehouse.read_bytes() == before
    assert list(tmp_path.iterdir()) == []


OUTSIDE = """SELECT * FROM read_text('{raw}/people.csv')|SELECT * FROM '{raw}/people.csv'|SELECT * FROM read_csv('{raw}/*.csv')
SELECT * FROM read_blob('{key}')|SELECT * FROM read_text('/etc/passwd')|SELECT * FROM glob('/etc/*')
SELECT * FROM read_text('{lake}/../raw/people.csv')
SELECT * FROM read_csv('https://example.org/x.csv')|SELECT * FROM read_json('{raw}/events.ndjson')
SELECT * FROM sniff_csv('{raw}/people.csv')
SELECT getenv('HOME')|EXPLAIN ANALYZE COPY (SELECT 1) TO '{raw}/x.csv'"""


@pytest.mark.parametrize("sql", [s for line in OUTSIDE.splitlines() for s in line.split("|")])
def test_no_file_outside_the_lake_is_opened(town: Config, sql: str) -> None:
    names = {"raw": town.raw_dir, "key": town.privacy.key_file, "lake": town.lake_dir}
    with pytest.raises(UserError):
        ask(town, sql.format(**names))
    assert not (town.raw_dir / "x.csv").exists()


def test_variables_of_the_program_are_no_tables(town: Config) -> None:
    with pytest.raises(UserError):
        ask(town, "SELECT * FROM connection")


def test_wrong_sql_is_explained(town: Config) -> None:
    with pytest.raises(UserError, match="The query was not understood: .*pupil_dayz"):
        ask(town, "SELECT * FROM marts.pupil_dayz")


def test_before_the_first_build_the_next_step_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no warehouse yet at warehouse.duckdb: run `cartable ingest` and `cartable build`"):
        ask(config_in(tmp_path), "SELECT 1")


def asked(config: Config, *arguments: str) -> str:
    result = CliRunner().invoke(app, ["query", *arguments, "--data-dir", str(config.data_dir)])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_answers_as_json_csv_and_table(town: Config) -> None:
    sql = "SELECT DATE '2025-10-06' AS day, 'é, \"x\"' AS word, NULL AS nothing, 1.5 AS half"
    assert json.loads(asked(town, sql, "--format", "json")) == [{"day": "2025-10-06", "word": 'é, "x"', "nothing": None, "half": 1.5}]
    assert asked(town, sql, "--format", "csv") == 'day,word,nothing,half\n2025-10-06,"é, ""x""",,1.5\n'
    assert "2025-10-06" in asked(town, sql)
    assert asked(town, sql, "--json") == asked(town, sql, "--format", "json")


def test_numbers_in_json_are_numbers(town: Config) -> None:
    [found] = json.loads(
        asked(town, "SELECT SUM(1) AS n, CAST(1.25 AS DECIMAL(9, 2)) AS d, CAST('NaN' AS DOUBLE) AS x", "--format", "json")
    )
    assert found == {"n": 1, "d": 1.25, "x": None}


def test_an_unknown_format_is_a_mistake(town: Config) -> None:
    result = CliRunner().invoke(app, ["query", "SELECT 1", "--format", "xml", "--data-dir", str(town.data_dir)])
    assert "not one of table, csv, json" in str(result.exception)
