"""Several registers that name the same pupils: each counts once, tablets find them, last year's and this year's are one."""

from pathlib import Path

import pytest

from analysis.build import build
from analysis.config import Config
from analysis.ingest import ingest
from analysis.status import sentences_of, status_of
from tests.hand_made import Town, rows, write_csv
from tests.reading import key, keyed_config
from tests.registers import aaf, apple, onde, oneroster, request, seated, zipped

EQUIPPED = (
    'SELECT n, numerator FROM measures."values" '
    "WHERE measure = 'equipped_share' AND uai = '0920001B' AND breakdown = 'all' AND period = '2025-10'"
)
SEATS = "SELECT person_key, level, CAST(from_date AS VARCHAR), CAST(to_date AS VARCHAR) FROM marts.enrolment ORDER BY ALL"
HOLDERS = "SELECT device_key, person_key FROM marts.holding ORDER BY ALL"
D1 = key("device", "d1")
INES = {f"p{i}": f"12345678{i}AB" for i in range(1, 4)}


def town(folder: Path, pupils: int = 3, drop: tuple[str, ...] = ()) -> Config:
    """A town of our own rosters, without those named in `drop`, whose pupil p1 uses tablet d1 on one morning."""
    config = keyed_config(folder)
    Town(pupils=pupils).app("d1", "a", "2025-10-06T07:00", "2025-10-06T07:20").write(config)
    for name in drop:
        (config.raw_dir / f"{name}.csv").unlink()
    return config


def put(config: Config, name: str, content: bytes | str) -> None:
    path = config.raw_dir / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def link(config: Config, system: str, identifiers: dict[str, str]) -> None:
    write_csv(config.raw_dir / "identifiers.csv", [{"person_id": p, "system": system, "identifier": i} for p, i in identifiers.items()])


def found(config: Config, *queries: str) -> list[list[tuple]]:
    """The rows of queries on the marts of registers."""
    with seated(config) as connection:
        return [connection.execute(query).fetchall() for query in queries]


def of_onde(year: str = "2025-2026", level: str = "CE1", **pupils: str) -> tuple[str, bytes]:
    return f"{year}/0920001B/CSVExtraction-eleves.csv", onde(*((ine, name, level, "A") for name, ine in pupils.items()))


NO_PUPILS = ("people", "enrolments", "classes")


@pytest.mark.parametrize("linked", [INES, {"p1": INES["p1"]}, {}], ids=["all", "one", "none"])
def test_pupils_whom_our_rosters_and_onde_name_count_once(linked: dict[str, str], tmp_path: Path) -> None:
    config = town(tmp_path)
    put(config, *of_onde(**INES))
    if linked:
        link(config, "ine", linked)
    known = "SELECT person_key FROM marts.enrolment JOIN marts.person USING (person_key) WHERE sex = 'F'"
    seats, described = found(config, SEATS, known)
    assert sorted(person for person, *_ in seats) == sorted(key("person", p) for p in INES)
    # what ONDE knows of a pupil whom identifiers.csv links is added: the sex
    assert {person for (person,) in described} == {key("person", p) for p in linked}


def test_a_pupil_of_onde_has_the_tablet_that_our_roster_gives(tmp_path: Path) -> None:
    config = town(tmp_path, drop=NO_PUPILS)
    put(config, *of_onde(**INES))
    link(config, "ine", INES)
    assert found(config, HOLDERS)[0] == sorted((key("device", f"d{i}"), key("person", f"p{i}")) for i in range(1, 4))


def test_a_tablet_may_be_assigned_by_the_ine_itself(tmp_path: Path) -> None:
    config = town(tmp_path, drop=(*NO_PUPILS, "assignments"))
    put(config, *of_onde(**INES))
    write_csv(config.raw_dir / "assignments.csv", [{"device_id": "d1", "person_id": INES["p1"], "from_date": "2025-09-01"}])
    assert found(config, HOLDERS) == [[(D1, key("person", INES["p1"]))]]


def test_last_years_extraction_and_this_years_are_one_pupil_in_two_years(tmp_path: Path) -> None:
    config = town(tmp_path, drop=NO_PUPILS)
    put(config, *of_onde("2024-2025", "CP", p1=INES["p1"]))
    put(config, *of_onde("2025-2026", "CE1", p1=INES["p1"]))
    one = key("person", INES["p1"])
    assert found(config, SEATS) == [[(one, "CE1", "2025-09-01", "2026-08-31"), (one, "CP", "2024-09-01", "2025-08-31")]]


def test_our_rosters_of_last_year_end_where_onde_takes_over(tmp_path: Path) -> None:
    config = keyed_config(tmp_path)
    Town(pupils=2, since="2024-09-02").write(config)
    put(config, *of_onde(p1=INES["p1"], p3=INES["p3"]))
    link(config, "ine", INES)
    assert found(config, SEATS)[0] == sorted(
        [
            (key("person", "p1"), "CE1", "2024-09-02", "2025-08-31"),
            (key("person", "p2"), "CE1", "2024-09-02", "2025-08-31"),
            (key("person", "p1"), "CE1", "2025-09-01", "2026-08-31"),
            (key("person", "p3"), "CE1", "2025-09-01", "2026-08-31"),
        ]
    )


def test_a_later_extraction_under_another_name_moves_a_pupil_and_counts_nobody_twice(tmp_path: Path) -> None:
    config = town(tmp_path, drop=NO_PUPILS)
    folder = "2025-2026/0920001B"
    put(config, f"{folder}/septembre.csv", onde((INES["p1"], "A", "CE1", "Z"), (INES["p2"], "B", "CE1", "Z")))
    ingest(config, [])
    put(config, f"{folder}/janvier.csv", onde((INES["p1"], "A", "CE2", "B"), (INES["p3"], "C", "CE1", "Z")))
    assert sorted((person, level) for person, level, *_ in found(config, SEATS)[0]) == sorted(
        [(key("person", INES["p1"]), "CE2"), (key("person", INES["p2"]), "CE1"), (key("person", INES["p3"]), "CE1")]
    )


def test_onde_and_the_directory_of_the_portal_name_one_pupil_by_the_ine(tmp_path: Path) -> None:
    config = town(tmp_path, drop=NO_PUPILS)
    put(config, *of_onde(**INES))
    pupil = {"ENTEleveINE": INES["p1"], "ENTPersonClasses": "77$x$y$5$CE1 Durand", "ENTEleveNiveau": "CE1"}
    other = {**pupil, "ENTEleveINE": "555555555EE"}
    requests = [request("addRequest", "categoriePersonne:Eleve", str(i), attributes) for i, attributes in enumerate([pupil, other])]
    put(config, "2025-2026/ENT_Complet_Eleve_0000.xml", aaf(*requests))
    put(config, "structures.csv", "structure_id,uai\n77,0920001B\n")
    persons = "SELECT person_key FROM marts.person ORDER BY ALL"
    seats, people = found(config, SEATS, persons)
    assert sorted(person for person, *_ in seats) == sorted(key("person", ine) for ine in INES.values())
    assert sorted(p for (p,) in people) == sorted(key("person", ine) for ine in [*INES.values(), "555555555EE"])


def test_a_school_of_oneroster_is_found_by_its_structure_and_its_year_by_the_session(tmp_path: Path) -> None:
    config = town(tmp_path, drop=NO_PUPILS)
    put(config, "export.zip", zipped(oneroster(["u1", "u2"])))
    link(config, "oneroster", {"p1": "u1"})
    seats, holders = found(config, SEATS, HOLDERS)
    # u2 is none of those whom identifiers.csv names in this system: a pupil all the same, and nobody else
    days = ("CE1", "2025-09-01", "2026-08-31")
    assert seats == sorted([(key("person", "p1"), *days), (f"oneroster:{key('person', 'u2')}", *days)])
    assert holders == [(D1, key("person", "p1"))]


@pytest.mark.parametrize(("place", "structures"), [("0920001B", ""), ("L1", "structure_id,uai\nL1,0920001B\n")])
def test_a_school_of_apple_school_manager_is_found_through_the_class(place: str, structures: str, tmp_path: Path) -> None:
    config = town(tmp_path, drop=NO_PUPILS)
    put(config, "2025-2026/apple.zip", zipped(apple(["p1", "p2"], place)))
    if structures:
        put(config, "structures.csv", structures)
    seats, holders = found(config, "SELECT uai, level, COUNT(*) FROM marts.enrolment GROUP BY ALL", HOLDERS)
    assert seats == [("0920001B", "autre", 2)]
    assert len(holders) == 2


def test_a_trolley_is_in_the_school_of_a_class_that_has_a_structure_alone(tmp_path: Path) -> None:
    config = town(tmp_path, drop=(*NO_PUPILS, "assignments", "devices"))
    put(config, "export.zip", zipped(oneroster(["u1"])))
    write_csv(config.raw_dir / "assignments.csv", [{"device_id": "d1", "class_id": "k1", "from_date": "2025-09-01"}])
    assert found(config, "SELECT device_key, uai, kind FROM marts.holding") == [[(D1, "0920001B", "shared")]]


def test_who_is_enrolled_in_an_export_without_being_named_there_is_no_pupil(tmp_path: Path) -> None:
    config = town(tmp_path, drop=NO_PUPILS)
    files = oneroster(["u1"])
    files["enrollments.csv"] += "e9,,,k1,o1,u9,teacher,,,\n"
    put(config, "export.zip", zipped(files))
    assert [person for person, *_ in found(config, SEATS)[0]] == [key("person", "u1")]


def test_rosters_of_our_own_alone_are_as_they_were(tmp_path: Path) -> None:
    config = town(tmp_path, pupils=2)
    first = {"person_id": "p1", "class_id": "k1", "uai": "0920001B", "level": "CE1", "from_date": "2025-09-01", "to_date": "2025-12-19"}
    second = {**first, "class_id": "k2", "level": "", "from_date": "2026-01-05", "to_date": ""}
    write_csv(config.raw_dir / "enrolments.csv", [first, second])
    assert [row[1:] for row in found(config, SEATS)[0]] == [("CE1", "2025-09-01", "2025-12-19"), ("autre", "2026-01-05", "9999-12-31")]


def test_status_says_which_register_does_not_count_and_whose_school_is_unknown(tmp_path: Path) -> None:
    config = town(tmp_path)
    put(config, *of_onde(**INES))
    put(config, "2025-2026/apple.zip", zipped(apple(["p8", "p9"], "L1")))
    link(config, "ine", {"p1": INES["p1"]})
    ingest(config, [])
    build(config)
    assert rows(config, EQUIPPED) == [(3, 3)]
    said = sentences_of(status_of(config))
    counts = "roster and onde both name pupils; roster counts, and of the 3 of onde 1 are linked by identifiers.csv."
    assert f"0920001B, 2025-2026: {counts}" in said
    assert "apple, 2025-2026: the school of 2 persons is not known; write structures.csv (structure_id,uai)." in said
