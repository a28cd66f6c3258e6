"""Open data and results of tests: what of a file is the format's own trap, from the file to the lake."""

from datetime import date
from pathlib import Path

import pytest

from analysis.forgetting.forget import forget
from analysis.forgetting.person import forget_person
from analysis.ingest import ingest
from analysis.reading.explain import explain_file
from tests.hand_made import Town
from tests.reading import key, keyed_config, lake_rows, quarantined, read, read_one

SAMPLES = Path(__file__).parent / "samples"
INDEX = "Rentrée scolaire;UAI;Secteur;IPS\n"


def index(*lines: str) -> str:
    return INDEX + "".join(f"2021-2022;0920001B;public;{ips}\n" for ips in lines)


def test_a_school_that_stands_twice_counts_once_and_says_so(tmp_path: Path) -> None:
    config, record = read_one(tmp_path, "annuaire.csv", (SAMPLES / "annuaire.csv").read_bytes())
    assert ("0920002C", "École Sainte-Anne et Saint-Jean") in lake_rows(config, "school_directory", "uai", "name")
    closing, wrong = quarantined(config, record)
    assert closing.startswith("3,identifiant_de_l_etablissement,") and "each school once" in closing
    assert wrong.startswith("5,identifiant_de_l_etablissement,") and "not a UAI" in wrong


@pytest.mark.parametrize(("written", "ips"), [("98,4", 98.4), ("98.4", 98.4), ("NS", None), ("ns", None), ("", None)])
def test_an_index_is_a_number_or_unknown(written: str, ips: float | None, tmp_path: Path) -> None:
    config, record = read_one(tmp_path, "ips.csv", index(written))
    assert (record.rows_loaded, lake_rows(config, "school_index", "ips")) == (1, [(ips,)])


@pytest.mark.parametrize("written", ["cent", "12", "998", "-1", "NSP"])
def test_what_is_neither_is_set_aside(written: str, tmp_path: Path) -> None:
    config, record = read_one(tmp_path, "ips.csv", index(written))
    assert record.rows_loaded == 0
    assert quarantined(config, record) == ["2,ips,neither a number from 30 to 200 nor NS"]


def test_the_method_of_the_index_goes_by_the_year(tmp_path: Path) -> None:
    years = ("2016-2017", "2021-2022", "2022-2023", "2024-2025")
    text = INDEX + "".join(f"{year};0920001B;public;100\n" for year in years)
    config, _ = read_one(tmp_path, "ips.csv", text)
    methods = dict(lake_rows(config, "school_index", "school_year", "method"))
    assert [methods[year].split()[0] for year in years] == ["until", "until", "since", "since"]


@pytest.mark.parametrize(
    ("name", "grade"),
    [
        ("fr-en-evaluations_nationales_cp_academie.csv", "CP"),
        ("FR-EN-EVALUATIONS_NATIONALES_CE1_ACADEMIE.csv", "CE1"),
        ("fr-en-evaluations_nationales_4eme_departement.csv", "4e"),
        ("evaluations.csv", None),
        ("depcp.csv", None),
    ],
)
def test_only_the_name_of_a_file_says_the_class(name: str, grade: str | None, tmp_path: Path) -> None:
    text = (SAMPLES / "fr-en-evaluations_nationales_cp_academie.csv").read_text(encoding="utf-8")
    config, _ = read_one(tmp_path, name, text)
    assert lake_rows(config, "public_results", "grade") == [(grade,)]


@pytest.mark.parametrize(
    ("scale", "written"),
    [("0-20", "0-20"), ("20", "0-20"), ("0 - 12,5", "0-12.5"), ("0..12.5", "0-12.5"), ("-4-4", "-4-4")],
)
def test_a_scale_is_its_lowest_and_its_highest_score(scale: str, written: str, tmp_path: Path) -> None:
    text = f'person_id,test,domain,taken_on,score,scale\np-0001,Fluence,lecture,2026-01-15,3,"{scale}"\n'
    config, _ = read_one(tmp_path, "assessments.csv", text)
    assert lake_rows(config, "assessments", "scale", "score") == [(written, 3.0)]


@pytest.mark.parametrize("scale", ["sur 20", "20-0", "A-E", "0-", "5-5", "1.2.3-9"])
def test_what_has_no_lowest_and_highest_is_no_scale(scale: str, tmp_path: Path) -> None:
    text = f'person_id,test,domain,taken_on,score,scale\np-0001,Fluence,lecture,2026-01-15,3,"{scale}"\n'
    config, record = read_one(tmp_path, "assessments.csv", text)
    assert [line.split(",")[1] for line in quarantined(config, record)] == ["scale"]


@pytest.mark.parametrize(("score", "is_kept"), [("-4", True), ("4", True), ("-4.1", False), ("4,1", False)])
def test_a_score_lies_on_its_scale(score: str, is_kept: bool, tmp_path: Path) -> None:
    text = f'person_id,test,domain,taken_on,score,scale\np-0001,Fluence,lecture,2026-01-15,"{score}",-4-4\n'
    _, record = read_one(tmp_path, "assessments.csv", text)
    assert (record.rows_loaded, record.rows_quarantined) == ((1, 0) if is_kept else (0, 1))


def test_results_of_persons_are_forgotten_with_their_day_and_keep_those_who_stay(tmp_path: Path) -> None:
    config = keyed_config(tmp_path)
    raw = Town(pupils=3, since="2023-09-01").app("d1", "a", "2025-10-06T07:00", "2025-10-06T07:20").write(config)
    (raw / "people.csv").write_text("person_id,profile\n" + "".join(f"p{n},student\n" for n in (1, 4, 5, 6)))
    header = "person_id,test,domain,taken_on,score,scale\n"
    (raw / "assessments.csv").write_text(header + "".join(f"{p},T,d,{day},3,20\n" for p, day in PASSED))
    ingest(config, [])
    told = forget(config, date(2024, 9, 1), is_sure=True)
    assert (told.rows["assessments"], told.rows["people"]) == (3, 1)
    assert lake_rows(config, "assessments", "taken_on") == [("2024-09-01",), ("2025-01-15",), ("2025-01-15",)]
    assert {k for (k,) in lake_rows(config, "people", "person_key")} == {key("person", p) for p in ("p1", "p5", "p6")}
    ingest(config, [])
    assert lake_rows(config, "assessments", "taken_on") == [("2024-09-01",), ("2025-01-15",), ("2025-01-15",)]


# p4 has nothing but an old result; p5 nothing but a newer one; p6 both, and no other row
PASSED = [
    *(("p1", "2024-01-15"), ("p1", "2024-09-01"), ("p4", "2024-01-15")),
    *(("p5", "2025-01-15"), ("p6", "2024-01-15"), ("p6", "2025-01-15")),
]


def test_an_official_calendar_in_the_raw_folder_is_explained(tmp_path: Path) -> None:
    config, _ = read(tmp_path, {})
    [told] = explain_file(SAMPLES / "calendrier.csv", config)
    assert told.source == "official_calendar" and "school days of every zone" in told.sentence


def test_results_of_a_person_go_on_request_and_stay_away(tmp_path: Path) -> None:
    config = keyed_config(tmp_path)
    text = "person_id,test,domain,taken_on,score,scale\np1,T,d,2025-01-15,3,20\np2,T,d,2025-01-15,4,20\n"
    (config.raw_dir / "assessments.csv").write_text(text)
    ingest(config, [])
    forget_person(config, "p1", "roster", is_sure=True)
    assert lake_rows(config, "assessments", "person_key", "score") == [(key("person", "p2"), 4.0)]
    (config.raw_dir / "assessments.csv").write_text(f"{text}\n")
    ingest(config, [])
    assert set(lake_rows(config, "assessments", "person_key", "score")) == {(key("person", "p2"), 4.0)}  # in both files
