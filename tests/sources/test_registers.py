"""Exports of registers, file by file: what an archive tells its members, what is known and left alone, changes, the limits of names."""

from pathlib import Path

import pytest

from analysis.ingest import ingest
from analysis.lake import LOADED, REFUSED, Lake
from analysis.reading.explain import explain_file
from tests.reading import key, keyed_config, lake_rows, left_behind, quarantined, read, read_one
from tests.registers import aaf, apple, onde, oneroster, request, zipped

SECRETS = ["Durand", "123456789AB", "Prénom", "Martin", "2018-03-02", "01/02/2018"]
NO_YEAR = (
    "neither the export (academicSessions.csv) nor the folder says of which school year it is. "
    "Put the zip into a folder named by the year, such as data/raw/2025-2026/"
)


def records_in(folder: Path, name: str, content: bytes) -> dict[str, list]:
    """The records of an archive by the name of their member; each has one."""
    config, _ = read(folder, {name: content})
    return {record.file.removeprefix(f"{name}/"): record for record in Lake(config).records()}


def test_every_file_of_an_archive_of_oneroster_is_known_and_nothing_is_a_fault(tmp_path: Path) -> None:
    config, _ = read(tmp_path, {"or.zip": zipped(oneroster(["u1", "u2"]))})
    records = {record.file: record for record in Lake(config).records()}
    assert {record.status for record in records.values()} == {LOADED}
    assert sum(record.rows_quarantined for record in records.values()) == 0
    unread = {name.removeprefix("or.zip/"): record.source for name, record in records.items() if not record.table}
    assert unread == {
        "manifest.csv": "oneroster_manifest",
        "courses.csv": "oneroster_courses",
        "demographics.csv": "oneroster_demographics",
        "academicSessions.csv": "oneroster_sessions",
    }
    assert records["or.zip/manifest.csv"].message == (
        "or.zip/manifest.csv: OneRoster: list of the files (manifest.csv). Nothing in it is of use to Cartable; no row of it is read."
    )
    assert left_behind(config, [*SECRETS, "Valmont"]) == set()
    before = Lake(config).records()
    assert ingest(config, []) != [] and Lake(config).records() == before  # dropped again, it is a no-op


def test_an_archive_of_oneroster_1_2_says_who_is_a_pupil_in_its_roles(tmp_path: Path) -> None:
    files = oneroster(["u1"])
    files["users.csv"] = (
        "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,"
        "agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,"
        "primaryOrgSourcedId,pronouns\nu1,,,true,login,,Léa,Durand,,,,,,,,,,,,,o1,\n"
    )
    files["roles.csv"] = (
        "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n"
        "r1,,,u1,primary,student,,,o1,\n"
    )
    config, _ = read(tmp_path, {"or.zip": zipped(files)})
    records = {record.file.removeprefix("or.zip/"): record for record in Lake(config).records()}
    assert records["users.csv"].source == "oneroster_users_1_2"
    assert lake_rows(config, "people", "person_key", "profile") == [(key("person", "u1"), "student")]
    assert left_behind(config, SECRETS) == set()


@pytest.mark.parametrize(
    ("name", "session", "expected"),
    [
        ("or.zip", "2026", "2025-09-01"),
        ("or.zip", "2024-2025", "2024-09-01"),
        ("2023-2024/or.zip", "", "2023-09-01"),
        # what the export says goes before what the folder says
        ("2023-2024/or.zip", "2026", "2025-09-01"),
    ],
)
def test_the_school_year_comes_from_the_session_or_the_folder(name: str, session: str, expected: str, tmp_path: Path) -> None:
    config, _ = read(tmp_path, {name: zipped(oneroster(["u1"], session))})
    assert lake_rows(config, "enrolments", "from_date") == [(expected,)]


def test_a_second_archive_is_told_its_year_by_a_session_file_that_was_met_before(tmp_path: Path) -> None:
    config, _ = read(tmp_path, {"a.zip": zipped(oneroster(["u1"])), "b.zip": zipped(oneroster(["u2"]))})
    assert lake_rows(config, "enrolments", "from_date") == [("2025-09-01",), ("2025-09-01",)]


@pytest.mark.parametrize("session", ["", "2026\ny2,,,Autre,schoolYear,,,,2025"], ids=["none", "two"])
def test_without_one_school_year_each_row_says_what_is_missing(session: str, tmp_path: Path) -> None:
    config, _ = read(tmp_path, {"or.zip": zipped(oneroster(["u1"], session))})
    record = next(r for r in Lake(config).records() if r.source == "oneroster_enrollments")
    assert quarantined(config, record) == [f'2,beginDate,"no first day stands there, and {NO_YEAR}"']


def test_rows_to_be_deleted_are_set_aside(tmp_path: Path) -> None:
    config, _ = read(tmp_path, {"or.zip": zipped(oneroster(["u1"], status="ToBeDeleted"))})
    record = next(r for r in Lake(config).records() if r.source == "oneroster_users")
    expected = "not what is expected here. Expected a person who is not marked tobedeleted"
    assert (record.rows_loaded, record.set_aside) == (0, (("sourcedId", expected, 1),))


def test_every_file_of_apple_school_manager_is_known(tmp_path: Path) -> None:
    config, _ = read(tmp_path, {"2025-2026/asm.zip": zipped(apple(["p1"], "L1"))})
    records = Lake(config).records()
    assert [(r.file, r.status) for r in records if r.status != LOADED or r.rows_quarantined] == []
    assert {r.source for r in records if not r.table} == {"apple_courses", "apple_locations"}
    assert left_behind(config, SECRETS) == set()


def test_a_pupil_without_ine_is_known_by_name_and_birth_whatever_the_spelling(tmp_path: Path) -> None:
    rows = onde(("", "Dürand-Léon", "CE1", "A")).decode("latin-1")
    again = rows.replace("Dürand-Léon", "DURAND LEON").replace("01/02/2018", "2018-02-01")
    config, _ = read(tmp_path, {"2024-2025/0920001B/a.csv": rows.encode("latin-1"), "2025-2026/0920001B/a.csv": again.encode("latin-1")})
    assert set(lake_rows(config, "people", "person_key")) == {(key("person", "DURAND LEON|PRENOM|2018-02-01"),)}
    assert left_behind(config, ["Durand", "Dürand", "2018-02-01"]) == set()


def test_an_extraction_outside_of_a_folder_says_where_to_put_it_and_is_read_again_there(tmp_path: Path) -> None:
    config, _ = read(tmp_path, {"eleves.csv": onde(("123456789AB", "Durand", "CE1", "A"))})
    record = next(r for r in Lake(config).records() if r.table == "enrolments")
    place = "Put it into a folder named by the school's UAI and the year, such as data/raw/2025-2026/0920001B/"
    assert quarantined(config, record) == [f'2,uai,"the file does not say of which school it is. {place}"']
    folder = config.raw_dir / "2025-2026" / "0920001B"
    folder.mkdir(parents=True)
    (config.raw_dir / "eleves.csv").rename(folder / "eleves.csv")
    ingest(config, [])
    assert lake_rows(config, "enrolments", "uai", "from_date") == [("0920001B", "2025-09-01")]


@pytest.mark.parametrize("name", ["enseignants", "responsables"])
def test_teachers_and_families_of_onde_are_known_and_refused(name: str, tmp_path: Path) -> None:
    headers = {
        "enseignants": "Civilité;Nom usage;Nom;Prénom;Adresse;CP;Commune;Pays;Courriel;Téléphone domicile;Téléphone portable;"
        "Directeur;Classe",
        "responsables": "Civilité Responsable;Nom usage responsable;Nom responsable;Prénom responsable;Adresse responsable;CP responsable;"
        "Commune responsable;Pays;Courriel;Téléphone domicile;Téléphone travail;Téléphone portable;"
        + "Nom d'usage enfant;Nom de famille enfant;Prénom enfant;Classes enfants;"
        * 3,
    }
    content = f"{headers[name]}\r\nMme;;Durand;Léa;;;;;;;;;;\r\n".encode("latin-1")
    config, record = read_one(tmp_path, f"CSVExtraction-{name}.csv", content)
    assert record.status == REFUSED
    assert "nothing of it may be kept. Delete the file" in record.message
    assert left_behind(config, SECRETS, record.message) == set()
    [explained] = explain_file(config.raw_dir / f"CSVExtraction-{name}.csv", config)
    assert (explained.source, explained.sentence) == ("", record.message)


def test_changes_and_deletions_of_the_directory_are_set_aside_with_a_reason(tmp_path: Path) -> None:
    changes = [
        request("modifyRequest", "categoriePersonne:Eleve", "3003", {"ENTPersonClasses": "77$x$y$5$CP Durand"}),
        request("deleteRequest", "categoriePersonne:Eleve", "3004", {}),
    ]
    config, _ = read(tmp_path, {"2025-2026/delta.xml": aaf(*changes), "2025-2026/gone.xml": aaf(changes[1])})
    expected = (
        "not what is expected here. Expected an addRequest: changes and deletions (delta files) are not read. "
        "Drop the complete file (Complet)"
    )
    people = {r.file: r.set_aside for r in Lake(config).records() if r.table == "people"}
    assert people == {"2025-2026/delta.xml": (("id", expected, 2),), "2025-2026/gone.xml": (("id", expected, 1),)}
    assert lake_rows(config, "people", "person_key") == lake_rows(config, "enrolments", "person_key") == []


def test_a_complete_file_goes_with_its_dtd_and_an_empty_one_is_no_fault(tmp_path: Path) -> None:
    files = {
        "ficAlimMENESR.dtd": "<!ELEMENT ficAlimMENESR (addRequest)*>\n",
        "ENT_Complet_20251001_Eleve_0000.xml": aaf(),
        "ENT_Complet_20251001_PersRelEleve_0000.xml": aaf(
            request("addRequest", "categoriePersonne:PersRelEleve", "9", {"ENTPersonNom": "DURAND", "ENTPersonTelPerso": "06 12 34 56 78"})
        ),
    }
    config, _ = read(tmp_path, {"aaf.zip": zipped(files)})
    assert {(r.file, r.status, r.rows_loaded) for r in Lake(config).records()} == {
        ("aaf.zip/ENT_Complet_20251001_Eleve_0000.xml", LOADED, 0),
        ("aaf.zip/ENT_Complet_20251001_PersRelEleve_0000.xml", LOADED, 1),
    }
    assert left_behind(config, SECRETS) == set()


def test_a_value_that_nobody_declared_and_that_names_a_child_stops_the_file(tmp_path: Path) -> None:
    pupil = {"ENTPersonClasses": "77$x$y$5$CP", "ENTElevePrenomUsuel": "Léa", "ENTEleveContact": "lea@valmont.example"}
    text = aaf(request("addRequest", "categoriePersonne:Eleve", "3001", pupil))
    config, record = read_one(tmp_path, "eleve.xml", text)
    assert record.status == REFUSED
    assert "column ENTEleveContact: it holds e-mail addresses" in record.message
    assert keyed_config(tmp_path).raw_dir == config.raw_dir and lake_rows(config, "people", "person_key") == []
