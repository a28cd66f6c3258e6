"""The door of the reports: hand-written SQL sees the published figures alone, and a notebook that tries another way is refused."""

from pathlib import Path

import duckdb
import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell
from samples import OF_ALL, OPENING
from typer.testing import CliRunner

from analysis.cli import app
from analysis.config import Config
from analysis.errors import DisclosureError
from analysis.reports.door import fault_of, refuse_all_but_figures
from analysis.reports.orders import report_kinds
from analysis.reports.published import opened
from analysis.reports.school import open_school
from tests.hand_made import Town, config_in, run

WAYS_OUT = (
    "ATTACH '{data}/warehouse.duckdb' AS w",
    "ATTACH '{data}/warehouse.duckdb' AS w (READ_ONLY)",
    "ATTACH '{data}/warehouse.duckdb' AS w (TYPE duckdb, READ_ONLY)",
    "ATTACH 'warehouse.duckdb' AS w (READ_ONLY)",
    "ATTACH './warehouse.duckdb' AS w (READ_ONLY)",
    "ATTACH '../{folder}/warehouse.duckdb' AS w (READ_ONLY)",
    "ATTACH '{data}/../{folder}/warehouse.duckdb' AS w (READ_ONLY)",
    "ATTACH '{data}/published.duckdb' AS again",
    "ATTACH 'https://example.org/w.duckdb' AS w",
    "FROM read_duckdb('{data}/warehouse.duckdb')",
    "FROM '{data}/warehouse.duckdb'",
    "FROM marts.pupil_day",
    "FROM warehouse.marts.pupil_day",
    'FROM measures."values"',
    "FROM lake.people",
    "FROM read_parquet('{data}/lake/people/*.parquet')",
    "FROM read_parquet('{data}/lake/**/*.parquet')",
    "FROM parquet_scan('lake/**/*.parquet')",
    "FROM '{parquet}'",
    'FROM "{parquet}"',
    "SUMMARIZE '{parquet}'",
    "FROM query_table('{parquet}')",
    "FROM query('FROM read_csv(''{data}/raw/people.csv'')')",
    "FROM parquet_schema('{parquet}')",
    "FROM parquet_metadata('{parquet}')",
    "FROM parquet_kv_metadata('{parquet}')",
    "FROM read_csv('{data}/raw/people.csv')",
    "FROM sniff_csv('{data}/raw/people.csv')",
    "FROM 'raw/people.csv'",
    "FROM read_json('{data}/raw/events.ndjson')",
    "FROM read_json_objects('{data}/raw/events.ndjson')",
    "FROM read_text('{data}/../key')",
    "FROM read_blob('{data}/../key')",
    "FROM glob('{data}/*')",
    "FROM glob('*')",
    "COPY published.settings TO '{data}/out.csv'",
    "COPY (SELECT 1 AS a) TO 'out.parquet'",
    "COPY published.settings FROM '{data}/raw/people.csv'",
    "EXPORT DATABASE '{data}/out'",
    "IMPORT DATABASE '{data}/out'",
    "INSTALL sqlite",
    "LOAD sqlite",
    "LOAD '{data}/x.duckdb_extension'",
    "SET enable_external_access = true",
    "RESET enable_external_access",
    "SET GLOBAL enable_external_access = true",
    "SET lock_configuration = false",
    "RESET lock_configuration",
    "SET allowed_directories = ['{data}']",
    "SET allowed_paths = ['{data}/warehouse.duckdb']",
    "SET file_search_path = '{data}'",
    "SET python_enable_replacements = true",
    "SET profiling_output = '{data}/out.json'",
    "SET log_query_path = '{data}/out.log'",
    "PRAGMA enable_profiling = 'json'",
    "PRAGMA import_database('{data}/out')",
    "CALL enable_logging(storage = 'file', storage_path = '{data}/log')",
    "CREATE PERSISTENT SECRET s (TYPE http)",
    "CREATE MACRO people() AS TABLE FROM read_csv('{data}/raw/people.csv')",
    "FROM frame_of_the_caller",
    "UPDATE published.settings SET value = '1' WHERE name = 'threshold'",
    "CREATE TABLE apart.published.more AS SELECT 1 AS a",
    "DETACH apart",
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Twelve pupils, read and built: there is something to find behind each way out."""
    config = config_in(tmp_path_factory.mktemp("town"))
    Town(pupils=12).app("d1", "a", "2025-10-06T07:00", "2025-10-06T07:20").write(config)
    run(config)
    return config


def parquet_of(config: Config) -> Path:
    return next(path for path in config.lake_dir.rglob("*.parquet") if "people" in path.parts)


def test_the_ways_out_lead_somewhere_without_the_door(town: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the next test would prove nothing."""
    monkeypatch.chdir(town.data_dir)
    with duckdb.connect() as database:
        database.execute(f"ATTACH '{town.warehouse}' AS w (READ_ONLY)")
        assert database.execute("SELECT COUNT(*) FROM w.marts.enrolment").fetchall() == [(12,)]
        assert database.execute(f"SELECT COUNT(*) FROM '{parquet_of(town)}'").fetchall() == [(12,)]
        assert database.execute("SELECT COUNT(*) FROM 'raw/people.csv'").fetchall() == [(12,)]
        frame_of_the_caller = pd.DataFrame({"a": [1]})
        assert database.execute("FROM frame_of_the_caller").fetchall() == [(1,)]
        assert len(frame_of_the_caller) == 1


@pytest.mark.parametrize("way", WAYS_OUT)
def test_no_hand_written_sql_gets_out(town: Config, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    monkeypatch.chdir(town.data_dir)
    before = sorted(path.name for path in town.data_dir.iterdir())
    frame_of_the_caller = pd.DataFrame({"a": [1]})
    sql = way.format(data=town.data_dir, folder=town.data_dir.name, parquet=parquet_of(town))
    with opened(town.published) as database, pytest.raises(duckdb.Error):
        database.execute(sql).fetchall()
    assert len(frame_of_the_caller) == 1
    assert sorted(path.name for path in town.data_dir.iterdir()) == before


def test_the_door_shows_published_tables_and_no_other(town: Config) -> None:
    with opened(town.published) as database:
        schemas = database.execute("SELECT DISTINCT schema_name FROM duckdb_tables()").fetchall()
        assert database.execute("SELECT pupils FROM published.schools WHERE uai <> 'territory' LIMIT 1").fetchall() == [(12,)]
    assert schemas == [("published",)]


def test_the_file_itself_holds_no_pupil(town: Config) -> None:
    with duckdb.connect(str(town.warehouse), read_only=True) as database:
        [(key,)] = database.execute("SELECT person_key FROM marts.enrolment LIMIT 1").fetchall()
    assert key.encode() in parquet_of(town).read_bytes() + town.warehouse.read_bytes()
    assert key.encode() not in town.published.read_bytes()


def test_the_warehouse_is_not_taken_for_published_tables(town: Config) -> None:
    with pytest.raises(DisclosureError, match="holds more than published figures"):
        open_school(published=str(town.warehouse))


FIGURES = "from analysis import figures"
SCHOOL = "from analysis.reports.school import open_school\nschool = open_school(uai, period, lang, published)"


def notebook(*sources: str) -> nbformat.NotebookNode:
    given = new_code_cell('uai: str = ""\nperiod = ""\nlang = "fr"\npublished = ""', metadata={"tags": ["parameters"]})
    return new_notebook(cells=[new_markdown_cell("# SELECT * FROM marts"), given, *map(new_code_cell, sources)])


@pytest.mark.parametrize(
    "sources",
    [
        (OPENING, 'print("a" + "b")\nblocks.answer("Neuf minutes.", period)'),
        (OF_ALL,),
        (FIGURES, SCHOOL, "figures.by_level(school, level=3)"),
        (FIGURES, "from analysis.reports.territory import open_territory", "town = open_territory(period)", "figures.contact(town.whole)"),
        (SCHOOL, "from analysis.reports import blocks", 'blocks.answer(f"{school.name} : {-1 + 2}", "Copie, sélection, 12 mai.")'),
    ],
)
def test_what_reports_do_passes(sources: tuple[str, ...]) -> None:
    assert fault_of(notebook(*sources)) == ""


@pytest.mark.parametrize(
    "module", ["duckdb", "pandas", "polars", "os", "pathlib", "sqlite3", "pyarrow", "importlib", "subprocess", "builtins"]
)
@pytest.mark.parametrize("form", ["import {}", "import {} as x", "from {} import *", "from {} import path as p", "import analysis.{}"])
def test_no_other_import(module: str, form: str) -> None:
    assert "imports" in fault_of(notebook(form.format(module)))


@pytest.mark.parametrize(
    "source",
    [
        "import analysis.config",
        "from analysis import config",
        "from analysis.config import load_config",
        "from analysis.reports.published import opened",
        "from analysis.reports.school import load_config",
        "from analysis import figures as print",
        "from .school import open_school",
        "%load_ext sql",
        "%%bash\ncat key",
        "!cat key",
        "files = !ls",
        "ls",
        "pwd",
        "get_ipython()",
        "get_ipython().system('ls')",
        "open('key').read()",
        "__import__('os')",
        "eval('1')",
        "exec('1')",
        "getattr(lang, 'x')",
        "globals()",
        "(lambda: 1)()",
        "[x for x in (1, 2)]",
        "def f():\n    return 1",
        "class A:\n    pass",
        "if uai:\n    print(1)",
        "for x in uai:\n    print(x)",
        "while True:\n    pass",
        "with uai:\n    pass",
        "try:\n    print(1)\nexcept ValueError:\n    pass",
        "del uai",
        "assert uai",
        "raise ValueError",
        "uai[0]",
        "uai.upper()",
        "'{0.x}'.format(uai)",
        "uai.__class__",
        "uai.a.b",
        "f'{uai.__class__}'",
        "f'{open(1)}'",
        "uai._x",
        "uai.x = 1",
        "a, b = 1, 2",
        "print = 1",
        "_ = 1",
        "x: open('key') = 1",
        "(x := 1)",
        "await uai",
        "x = print",
        "print(open)",
        "print(file=open('key'))",
        f"{FIGURES}\nfigures.style.plt.savefig('x')",
        f"{FIGURES}\nx = figures",
        f"{FIGURES}\nx = figures.style",
        f"{FIGURES}\nfigures.__getattr__('x')",
        f"{FIGURES}\nfigures.nothing_of_this_name(uai)",
        "from analysis.reports import blocks\nblocks.Block('<script>', '#read(\"/etc/passwd\")')",
        "from analysis.reports import blocks\nblocks.html_text('x')",
        f"{SCHOOL}\nschool.value('coverage')",
        f"{SCHOOL}\nschool.language.say('x')",
        "print('SELECT person_key FROM marts.pupil_day')",
        "print('attach database')",
        "print(\"from read_parquet('lake')\")",
        "print(f'select {uai} from marts')",
    ],
)
def test_no_other_way(source: str) -> None:
    assert fault_of(notebook(source)).startswith("cell 3")


def test_nothing_is_kept_unread() -> None:
    with_raw = notebook()
    with_raw.cells.append(new_raw_cell("Zoé Inventée"))
    assert "neither code nor text" in fault_of(with_raw)
    with_file = new_notebook(cells=[new_markdown_cell("x", attachments={"a.png": {"image/png": "AA=="}})])
    assert "has a file attached" in fault_of(with_file)


def test_the_refusal_names_the_cell_and_repeats_no_word_of_it() -> None:
    with pytest.raises(DisclosureError) as refusal:
        refuse_all_but_figures(notebook("print(1)", "x = 1\nopen('Zoé Inventée')"), "study")
    assert str(refusal.value).startswith("study: cell 4, line 2 calls something else than a figure, which a report may not.")
    assert "Zoé" not in str(refusal.value)
    assert refusal.value.exit_code == 4


@pytest.mark.parametrize("kind", report_kinds())
def test_the_notebooks_of_the_reports_keep_to_the_door(kind: str) -> None:
    refuse_all_but_figures(nbformat.read(report_kinds()[kind], as_version=4), kind)


def test_the_command_ends_with_the_code_of_a_refusal(town: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = notebook("import duckdb")
    study.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(study, tmp_path / "study.ipynb")
    monkeypatch.setattr("analysis.reports.orders.report_kinds", lambda *_: {"study": tmp_path / "study.ipynb"})
    options = ["--data-dir", str(town.data_dir), "--reports-dir", str(tmp_path / "reports")]
    result = CliRunner().invoke(app, ["report", "study", *options])
    assert result.exit_code == 4
    assert "cell 3, line 1 imports duckdb" in result.output
    assert not list((tmp_path / "reports").rglob("*study*"))
