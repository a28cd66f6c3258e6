"""The real open data: each file known and read whole, and the numbers that others published given again."""

from pathlib import Path

import pytest

from analysis.calendar import load_calendar
from analysis.calendar.dropped import dropped_calendars
from analysis.calendar.files import read_table
from analysis.calendar.official import official_facts
from analysis.engine import new_connection
from analysis.lake import Lake
from analysis.reading.explain import explain_file
from tests.reading import keyed_config, lake_rows, left_behind, read_one

FOLDER = Path(__file__).resolve().parents[2] / "../shared/data/open_data"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the real open data (../shared/data) are not on this machine")

INDEX_2021, INDEX_2022 = "fr-en-ips_ecoles.csv.gz", "fr-en-ips-ecoles-ap2022.csv.gz"
FILES = {
    "fr-en-annuaire-education-94.csv.gz": ("school_directory", 613),
    "fr-en-calendrier-scolaire.csv": ("official_calendar", 2138),
    "fr-en-ecoles-effectifs-nb_classes-35.csv.gz": ("school_headcounts", 2704),
    INDEX_2022: ("school_index", 30059),
    INDEX_2021: ("school_index", 32091),
    "om-referentiel-jours-feries.csv": ("public_holidays", 285),
}


def loaded(name: str, folder: Path, table: str, *columns: str) -> list[tuple]:
    """The rows of a real file in its table, none of which was set aside."""
    config, record = read_one(folder, name, (FOLDER / name).read_bytes())
    assert (record.source, record.rows_read, record.rows_loaded) == (*FILES[name], FILES[name][1]), record.message
    return lake_rows(config, table, *columns)


def test_every_file_is_known(tmp_path: Path) -> None:
    config = keyed_config(tmp_path)
    assert {path.name for path in FOLDER.iterdir()} == FILES.keys()
    assert {name: explain_file(FOLDER / name, config)[0].source for name in FILES} == {name: source for name, (source, _) in FILES.items()}


def test_index_2021(tmp_path: Path) -> None:
    found = loaded(INDEX_2021, tmp_path, "school_index", "uai", "school_year", "ips", "method")
    indices = [ips for _, _, ips, _ in found]
    assert len({uai for uai, *_ in found}) == 32091
    assert (round(sum(indices) / len(indices), 2), min(indices), max(indices)) == (102.77, 49.6, 155.6)
    seine_saint_denis = [ips for uai, _, ips, _ in found if uai.startswith("093")]
    assert round(sum(seine_saint_denis) / len(seine_saint_denis), 2) == 89.74
    assert {(year, method) for _, year, _, method in found} == {("2021-2022", "until 2021-2022")}


def test_index_2022(tmp_path: Path) -> None:
    found = loaded(INDEX_2022, tmp_path, "school_index", "commune_code", "ips", "pupils", "method")
    assert round(sum(ips for _, ips, *_ in found) / len(found), 2) == 104.24
    clamart, meudon = ([pupils for code, _, pupils, _ in found if code == town] for town in ("92023", "92048"))
    assert (len(clamart), sum(clamart), len(meudon), sum(meudon)) == (12, 2994, 13, 2937)
    assert {method for *_, method in found} == {"since 2022-2023"}


def test_directory(tmp_path: Path) -> None:
    found = loaded("fr-en-annuaire-education-94.csv.gz", tmp_path, "school_directory", "rep", "sector", "state", "kind")
    assert {rep: sum(row[0] == rep for row in found) for rep in (None, "REP", "REP+")} == {None: 406, "REP": 185, "REP+": 22}
    assert {row[1:] for row in found} == {("public", "open", "Ecole"), ("public", "closing", "Ecole")}


def test_nothing_of_the_directory_that_reaches_a_person_is_kept(tmp_path: Path) -> None:
    name = "fr-en-annuaire-education-94.csv.gz"
    config, _ = read_one(tmp_path, name, (FOLDER / name).read_bytes())
    assert left_behind(config, ["@ac-creteil", "0172045505", "99 rue Louise"]) == set()


def test_headcounts(tmp_path: Path) -> None:
    columns = ("school_year", "rep", "pupils", "pupils_nursery", "pupils_elementary", "pupils_ulis")
    found = loaded("fr-en-ecoles-effectifs-nb_classes-35.csv.gz", tmp_path, "headcounts", *columns)
    assert {year: sum(row[0] == year for row in found) for year in ("2019-2020", "2022-2023")} == {"2019-2020": 677, "2022-2023": 675}
    assert sum(row[1] == "REP+" for row in found) == 20
    assert [row for row in found if row[2] != sum(row[3:])] == []


def test_the_calendar_from_the_raw_folder_is_that_from_the_reference_folder(tmp_path: Path) -> None:
    name = "fr-en-calendrier-scolaire.csv"
    config, record = read_one(tmp_path, name, (FOLDER / name).read_bytes())
    assert (record.rows_read, record.rows_loaded) == (2138, 2138)
    with new_connection(config, tmp_path) as connection:
        [table] = dropped_calendars(Lake(config), connection)
    there = official_facts(read_table(FOLDER / name))
    here = official_facts(table)
    assert (here.first, here.last, here.holidays) == (there.first, there.last, there.holidays)
    assert load_calendar(None, [table]).year("Guadeloupe", "2024-2025").first_school_day.isoformat() == "2024-09-02"


def test_public_holidays(tmp_path: Path) -> None:
    found = loaded("om-referentiel-jours-feries.csv", tmp_path, "public_holidays", "local_date", "name")
    assert ("2026-05-14", "Ascension") in found
