"""Open data beside the rosters: schools.csv wins, its gaps are filled, no other school appears, and status says what was used."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.config import Config
from analysis.engine import new_connection
from analysis.header import in_order, read_folder
from analysis.ingest import ingest
from analysis.lake import Lake
from analysis.open_data import NONE, open_data_of, sentences_of
from analysis.open_lake import open_lake
from analysis.warehouse import load_days
from tests.hand_made import UAI, Town, rows, run, write_csv
from tests.reading import keyed_config, lake_rows
from tests.registers import SEATING

MARTS = read_folder(Path(__file__).parents[1] / "analysis" / "marts")
OTHER = "0920002C"
ELSEWHERE = "0780004F"
DIRECTORY = (
    "identifiant_de_l_etablissement;nom_etablissement;type_etablissement;statut_public_prive;nom_commune;"
    "appartenance_education_prioritaire;etat\n"
)
INDEX = "rentree_scolaire;uai;secteur;ips\n"
HEADCOUNTS = "rentree_scolaire;numero_ecole;secteur;rep;rep_plus;nombre_total_eleves;nombre_eleves_preelementaire_hors_ulis\n"
CALENDAR = "description;population;start_date;end_date;location;zones;annee_scolaire\n"
EARLY = "Vacances d'Hiver;-;2026-02-06T23:00:00+00:00;2026-02-22T23:00:00+00:00;Versailles;Zone C;2025-2026\n"
LATE = "Vacances d'Hiver;-;2026-02-13T23:00:00+00:00;2026-03-01T23:00:00+00:00;Versailles;Zone C;2025-2026\n"
SAID = "uai, commune, sector, ips, rep, commune_from, sector_from, ips_from, rep_from, ips_year"
ROW = {"school_year": "2025-2026", "zone": "C", "week_pattern": "4"}
ONE: list[dict] = [{"uai": UAI}]
TWO: list[dict] = [{"uai": UAI}, {"uai": OTHER}]


def dropped(folder: Path, schools: list[dict], pupils: int = 1, **files: str) -> Config:
    """A town with these schools and these files in its raw folder."""
    config = keyed_config(folder)
    raw = Town(pupils=pupils).write(config)
    names = dict.fromkeys(name for row in schools for name in row)
    write_csv(raw / "schools.csv", [ROW | {"name": "École"} | dict.fromkeys(names, "") | row for row in schools])
    for name, text in files.items():
        (raw / f"{name}.csv").write_text(text, encoding="utf-8")
    return config


@contextmanager
def marts_of(config: Config) -> Iterator[duckdb.DuckDBPyConnection]:
    """The marts on schools of this folder for October 2025 to March 2026, without the rest of a build."""
    ingest(config, [])
    lake = Lake(config)
    with new_connection(config, config.data_dir) as connection:
        connection.execute("CREATE SCHEMA marts")
        open_lake(lake, lake.loaded(), connection)
        load_days(config, lake, date(2025, 10, 1), date(2026, 3, 31), connection)
        wanted = SEATING | {"school", "school_register"}
        for mart in in_order({name: file for name, file in MARTS.items() if name in wanted}):
            connection.execute(f"CREATE TABLE marts.{mart.name} AS {mart.sql}")
        yield connection


def asked(config: Config, query: str) -> list[tuple]:
    with marts_of(config) as connection:
        return connection.execute(query).fetchall()


def test_schools_csv_wins_and_its_gaps_are_filled(tmp_path: Path) -> None:
    config = dropped(
        tmp_path,
        [{"uai": UAI, "commune": "Valmont", "sector": "public", "ips": "91", "rep": "REP"}, {"uai": OTHER}],
        directory=DIRECTORY + "".join(f"{uai};École;Ecole;Privé;Clairbois;REP+;OUVERT\n" for uai in (UAI, OTHER, ELSEWHERE)),
        index=INDEX + "".join(f"2024-2025;{uai};public;{ips}\n" for uai, ips in ((UAI, 120), (OTHER, 110), (ELSEWHERE, 80))),
    )
    with marts_of(config) as connection:
        own, filled = connection.execute(f"SELECT {SAID} FROM marts.school ORDER BY uai").fetchall()
        said = sentences_of(open_data_of(connection))
    assert own == (UAI, "Valmont", "public", 91.0, "REP", *["schools.csv"] * 4, None)
    by = ("school_directory", "school_directory", "school_index", "school_directory")
    assert filled == (OTHER, "Clairbois", "private", 110.0, "REP+", *by, "2024-2025")
    parts = "commune of 1 school (school_directory), ips of 1 school (school_index 2024-2025), rep of 1 school (school_directory)"
    assert said == [f"From open data, where schools.csv is silent: {parts}, sector of 1 school (school_directory)."]


def test_all_schools_of_a_year_take_the_index_of_one_year(tmp_path: Path) -> None:
    """The methods of 2021 and of 2022 are not to be compared, not even in one list of schools."""
    years = [("2021-2022", UAI, 80), ("2021-2022", OTHER, 90), ("2023-2024", UAI, 100), ("2026-2027", OTHER, 110)]
    text = INDEX + "".join(f"{year};{uai};public;{ips}\n" for year, uai, ips in [*years, ("2024-2025", ELSEWHERE, 99)])
    found = asked(dropped(tmp_path, TWO, index=text), "SELECT uai, ips, ips_year FROM marts.school ORDER BY uai")
    assert found == [(UAI, 100.0, "2023-2024"), (OTHER, None, None)]


def test_a_later_index_is_better_than_none(tmp_path: Path) -> None:
    config = dropped(tmp_path, ONE, index=INDEX + f"2027-2028;{UAI};public;100\n2026-2027;{UAI};public;90\n")
    assert asked(config, "SELECT ips, ips_year FROM marts.school") == [(90.0, "2026-2027")]


def test_the_headcount_of_the_year_says_rep_before_the_directory_of_today(tmp_path: Path) -> None:
    config = dropped(
        tmp_path,
        TWO,
        directory=DIRECTORY + "".join(f"{uai};École;Ecole;Public;Valmont;REP+;OUVERT\n" for uai in (UAI, OTHER)),
        headcounts=HEADCOUNTS + f"2025;{UAI};PUBLIC;1;0;200;0\n2024;{OTHER};PUBLIC;1;0;200;0\n",
    )
    expected = [(UAI, "REP", "headcounts"), (OTHER, "REP+", "school_directory")]
    assert asked(config, "SELECT uai, rep, rep_from FROM marts.school ORDER BY uai") == expected


def test_without_open_data_nothing_is_said(tmp_path: Path) -> None:
    with marts_of(dropped(tmp_path, [{"uai": UAI, "commune": "Valmont"}])) as connection:
        state = open_data_of(connection)
        found = connection.execute(f"SELECT {SAID} FROM marts.school").fetchall()
    assert (state, sentences_of(state)) == (NONE, [])
    assert found == [(UAI, "Valmont", None, None, None, "schools.csv", None, None, None, None)]


def test_a_warehouse_of_an_older_version_says_nothing() -> None:
    with duckdb.connect() as connection:
        assert open_data_of(connection) == NONE


def test_a_school_in_no_directory_is_named_when_a_directory_was_read(tmp_path: Path) -> None:
    with marts_of(dropped(tmp_path, TWO, directory=DIRECTORY + f"{UAI};École;Ecole;Public;Valmont;;OUVERT\n")) as connection:
        state = open_data_of(connection)
    assert state.unknown == [OTHER]
    assert f"In no directory that was read: {OTHER}. Check the code in schools.csv, or load a newer directory." in sentences_of(state)


@pytest.mark.parametrize(("total", "nursery", "public", "is_near"), [(10, 0, 10, True), (15, 5, 10, True), (12, 0, 12, False)])
def test_rosters_stand_beside_the_public_headcount(total: int, nursery: int, public: int, is_near: bool, tmp_path: Path) -> None:
    headcounts = HEADCOUNTS + f"2025;{UAI};PUBLIC;0;0;{total};{nursery}\n2024;{UAI};PUBLIC;0;0;999;0\n"
    with marts_of(dropped(tmp_path, ONE, pupils=10, headcounts=headcounts)) as connection:
        state = open_data_of(connection)
    expected = {"uai": UAI, "school_year": "2025-2026", "counted_on": "2025-10-01", "enrolled": 10, "public_pupils": public}
    assert state.rosters == [expected]
    said = sentences_of(state)
    far = f"{UAI}, 2025-2026: the rosters hold 10 pupils on 2025-10-01, the public headcount of September 12."
    assert (far in said) is not is_near
    assert f"Rosters within 10 % of the public headcount: {int(is_near)} of 1 schools and years." in said


def test_nursery_classes_and_late_rosters(tmp_path: Path) -> None:
    """Where the rosters hold nursery classes they are counted with; a roster that begins in November is looked at in November."""
    config = dropped(tmp_path, ONE, pupils=10, headcounts=HEADCOUNTS + f"2025;{UAI};PUBLIC;0;0;15;5\n")
    enrolments = config.raw_dir / "enrolments.csv"
    enrolments.write_text(enrolments.read_text().replace("CE1", "GS", 4).replace("2025-09-01", "2025-11-03"))
    query = "SELECT CAST(counted_on AS VARCHAR), enrolled, public_pupils FROM marts.school_register"
    assert asked(config, query) == [("2025-11-03", 10, 15)]


def test_the_same_rows_in_two_files_say_the_same(tmp_path: Path) -> None:
    files = {
        "directory": DIRECTORY + f"{UAI};École;Ecole;Public;Valmont;REP;OUVERT\n",
        "index": INDEX + f"2024-2025;{UAI};public;100\n",
        "headcounts": HEADCOUNTS + f"2025;{UAI};PUBLIC;0;0;10;0\n",
        "calendar": CALENDAR + EARLY,
    }
    tables = ("marts.school", "marts.school_register", "marts.school_day")
    with marts_of(dropped(tmp_path / "once", ONE, **files)) as once:
        expected = [once.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() for table in tables]
    again = {f"{name}_again": f"{text}\n" for name, text in files.items()}
    with marts_of(dropped(tmp_path / "twice", ONE, **files, **again)) as twice:
        assert [twice.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() for table in tables] == expected


@pytest.mark.parametrize(("second", "disputed"), [("2025-11-11", []), ("2025-11-12", ["2025-11-11", "2025-11-12"])])
def test_a_list_of_public_holidays_is_a_second_opinion(second: str, disputed: list[str], tmp_path: Path) -> None:
    with marts_of(dropped(tmp_path, ONE, days=f"date;férié\n2025-11-01;Toussaint\n{second};Armistice\n")) as connection:
        state = open_data_of(connection)
    assert state.holidays == disputed
    assert any("disagree: 2025-11-11, 2025-11-12." in line for line in sentences_of(state)) is bool(disputed)


def winter(config: Config) -> str:
    """The first day off of the winter holidays of zone C."""
    query = "SELECT MIN(local_date) FROM marts.school_day WHERE why_closed = 'school_holiday' AND local_date > DATE '2026-01-31'"
    return str(asked(config, query)[0][0])


def test_an_official_calendar_may_lie_in_the_raw_folder(tmp_path: Path) -> None:
    assert winter(dropped(tmp_path / "none", ONE)) == "2026-02-21"
    assert winter(dropped(tmp_path / "raw", ONE, calendar=CALENDAR + EARLY)) == "2026-02-07"
    assert winter(dropped(tmp_path / "two", ONE, a=CALENDAR + EARLY, b=CALENDAR + LATE)) == "2026-02-14"


def test_what_stands_in_the_reference_folder_wins(tmp_path: Path) -> None:
    config = dropped(tmp_path, ONE, calendar=CALENDAR + LATE)
    config.reference_dir.mkdir(parents=True)
    (config.reference_dir / "calendar.csv").write_text(CALENDAR + EARLY)
    assert winter(config) == "2026-02-07"


def test_a_corrected_official_calendar_takes_the_place_of_the_older(tmp_path: Path) -> None:
    config = dropped(tmp_path, ONE, calendar=CALENDAR + EARLY)
    assert winter(config) == "2026-02-07"
    (config.raw_dir / "calendar.csv").write_text(CALENDAR + LATE)
    assert winter(config) == "2026-02-14"
    assert len(lake_rows(config, "official_calendar", "from_date")) == 2  # both files stay in the lake, and the newest counts


def test_a_whole_build_shows_schools_of_schools_csv_alone_and_no_public_headcount(tmp_path: Path) -> None:
    config = dropped(
        tmp_path,
        ONE,
        pupils=2,
        directory=DIRECTORY + f"{ELSEWHERE};École;Ecole;Public;Clairbois;;OUVERT\n",
        index=INDEX + f"2024-2025;{ELSEWHERE};public;80\n2024-2025;{UAI};public;90\n",
        headcounts=HEADCOUNTS + f"2025;{ELSEWHERE};PUBLIC;0;0;200;0\n2025;{UAI};PUBLIC;0;0;777;0\n",
    )
    Town(pupils=2).app("d1", "a", "2025-10-06T07:00", "2025-10-06T07:20").write(config)
    run(config)
    assert sorted(rows(config, "SELECT uai FROM lake.school_index")) == [(ELSEWHERE,), (UAI,)]
    named = "SELECT schema_name, table_name FROM duckdb_columns() WHERE column_name = 'uai' AND schema_name != 'lake'"
    tables = [f'{schema}."{table}"' for schema, table in rows(config, named)]
    assert len(tables) > 10
    assert [table for table in tables if rows(config, f"SELECT 1 FROM {table} WHERE uai = '{ELSEWHERE}'")] == []
    shown = [str(row) for table in tables if table.startswith("published") for row in rows(config, f"SELECT * FROM {table}")]
    assert any("90.0" in row for row in shown) and not any("777" in row for row in shown)
    result = CliRunner().invoke(app, ["status", "--json", "--data-dir", str(config.data_dir)])
    told = json.loads(result.stdout)["open_data"]
    assert (told["unknown"], [r["public_pupils"] for r in told["rosters"]]) == ([UAI], [777])
    assert f"In no directory that was read: {UAI}." in CliRunner().invoke(app, ["status", "--data-dir", str(config.data_dir)]).stdout
