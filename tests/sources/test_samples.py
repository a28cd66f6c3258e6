"""From a sample of each format, written after its documentation, to the rows of its canonical table; plain, in .gz and in .zip."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis.sources import load_sources
from tests.reading import key, lake_rows, left_behind, packed, quarantined, read_one

SAMPLES = Path(__file__).parent / "samples"

D1, D2 = key("device", "tab-0001"), key("device", "tab-0002")
C1, C2 = key("device", "chr-0001"), key("device", "chr-0002")
P1, P2, K1 = key("person", "p-0001"), key("person", "p-0002"), key("class", "k-0001")
SCREEN = "fr.exemple.lecture.Accueil"
ANDROID = [
    (D1, "fr.exemple.lecture", SCREEN, 1, "2025-10-06T07:00:00.000"),
    (D1, "fr.exemple.lecture", SCREEN, 2, "2025-10-06T07:20:00.250"),
    (D1, "android", None, 16, "2025-10-06T07:20:00.300"),
    (D2, "fr.exemple.lecture", None, 1, "2025-10-06T07:00:00.000"),
]
CHROMEBOOK = [(C1, "2025-10-06", 1500.0), (C1, "2025-10-07", 60.5), (C2, "2025-10-06", 0.0)]
VIEWED = (key("person", "818"), "2021-10-17T10:39:00.000", "Cours consulté", "Système", "web")
SCHOOL = (
    "0920001B",
    "2025-2026",
    "École Jean Moulin",
    "Valmont",
    "C",
    "public",
    103.4,
    "REP+",
    "Europe/Paris",
    "4",
    "08:30-11:30,13:30-16:30",
)


@dataclass(frozen=True)
class Sample:
    """A sample file, the source that it is, and its rows in some columns of the source's table."""

    file: str
    source: str
    columns: str
    rows: list[tuple]
    aside: int = 0


_PORTAL = "person_key profile structure_id event_type module resource_type happened_at device_type channel"
_SCHOOLS = "uai school_year name commune zone sector ips rep timezone week_pattern bells"
_ENT_ROWS = [
    ("u-0001", "student", "s-0001", "LOGIN", "Auth", None, "2026-03-09T08:05:12.345", "tablet", "web"),
    ("u-0002", "teacher", "s-0001", "LOGIN", "Mobile-app", None, "2026-03-09T08:05:13.000", None, "app"),
    ("u-0003", "relative", None, "ACCESS", "Homeworks", None, "2026-03-09T08:05:14.000", None, None),
    ("u-0004", "personnel", None, "CREATE", "Homeworks", "blog", "2026-03-09T08:05:15.000", None, None),
    ("u-0005", "guest", "s-0001", "CONNECTOR", "EduMediaRegisteredService", None, "2026-03-09T08:05:16.000", None, None),
    ("u-0002", "teacher", "s-0001", "SHARE", "Blog", None, "2026-03-09T08:05:17.000", None, None),
]
SAMPLE_FILES = [
    Sample("android.ndjson", "android_usage_events", "device_key app_id activity event happened_at", ANDROID),
    Sample("android.csv", "android_usage_events", "device_key app_id activity event happened_at", ANDROID),
    Sample("chromebook.json", "chromebook_active_time", "device_key local_date seconds", CHROMEBOOK),
    Sample("chromebook_pages.json", "chromebook_active_time", "device_key local_date seconds", CHROMEBOOK),
    Sample("chromebook_gam.csv", "chromebook_gam", "device_key local_date seconds", CHROMEBOOK),
    Sample("chromebook_gam_minutes.csv", "chromebook_gam", "device_key local_date seconds", [CHROMEBOOK[0], CHROMEBOOK[2]]),
    Sample(
        "jamf_school.json",
        "jamf_school_devices",
        "device_key seen_at battery_pct os_version managed",
        [
            (key("device", "00008101-000A1"), "2025-10-06T07:30:00.000", 87.0, "17.5.1", True),
            (key("device", "00008101-000A2"), "2025-10-06T07:30:00.000", 54.0, None, False),
            (key("device", "00008101-000A3"), "2025-10-06T07:30:00.000", None, None, True),
            (key("device", "00008101-000A4"), "2025-10-06T07:30:00.000", None, None, True),
        ],
    ),
    Sample("ent_one.ndjson", "ent_one_events", _PORTAL, [(key("person", user), *rest) for user, *rest in _ENT_ROWS], aside=2),
    Sample(
        "jamf_pro.json",
        "jamf_pro_devices",
        "device_key seen_at battery_pct os_version managed",
        [
            (key("device", "00008101-000B1"), "2025-10-06T07:30:00.000", 87.0, "17.5.1", True),
            (key("device", "00008101-000B2"), "2025-10-06T07:30:00.000", None, None, False),
        ],
        aside=1,
    ),
    Sample(
        "jamf_pro_inventory.csv",
        "jamf_pro_inventory",
        "device_key seen_at battery_pct os_version managed",
        [
            (key("device", "00008101-000B1"), "2025-10-06T07:30:00.000", 85.0, "17.5.1", True),
            (key("device", "00008101-000B2"), "2025-10-06T07:30:00.000", None, None, False),
        ],
        aside=1,
    ),
    Sample(
        "ent_one_postgres.csv",
        "ent_one_postgres",
        "person_key profile event_type module happened_at device_type channel",
        [
            (key("person", "u-0001"), "student", "LOGIN", "Auth", "2026-03-09T08:05:12.345", "tablet", "web"),
            (key("person", "u-0002"), "teacher", "LOGIN", "Mobile-app", "2026-03-09T08:05:13.000", None, "app"),
            (key("person", "u-0003"), "relative", "ACCESS", "Homeworks", "2026-07-09T07:05:14.000", None, None),
        ],
        aside=1,
    ),
    Sample(
        "moodle.csv",
        "moodle_logs",
        "person_key happened_at event_type module channel",
        [
            (key("person", "818"), "2021-10-17T10:39:00.000", "Course viewed", "System", "web"),
            (key("person", "819"), "2021-01-05T23:05:00.000", "Post created", "Forum", "app"),
            (key("person", "4"), "2021-10-17T10:39:30.000", "User list viewed", "System", None),
        ],
        aside=1,
    ),
    Sample("moodle_french_cp1252.csv", "moodle_logs", "person_key happened_at event_type module channel", [VIEWED]),
    Sample("moodle_french.csv", "moodle_logs", "person_key happened_at event_type module channel", [VIEWED]),
    Sample(
        "schools.csv",
        "roster_schools",
        _SCHOOLS,
        [SCHOOL, ("9720001U", "2025-2026", "École des Palmes", None, "C", None, None, None, None, "4.5", None)],
    ),
    Sample("schools_few.csv", "roster_schools", "uai week_pattern bells ips", [("0920001B", "4.5", None, None)]),
    Sample("structures.csv", "roster_structures", "structure_id uai", [("s-0001", "0920001B")]),
    Sample("classes.csv", "roster_classes", "class_key uai school_year levels", [(K1, "0920001B", "2025-2026", "CE1|CE2")]),
    Sample("classes_few.csv", "roster_classes", "class_key uai school_year levels", [(K1, "0920001B", "2025-2026", None)]),
    Sample(
        "people.csv",
        "roster_people",
        "person_key profile sex social_band home_internet support",
        [(P1, "student", "F", "2", True, False), (P2, "teacher", None, None, None, None)],
    ),
    Sample("people_few.csv", "roster_people", "person_key profile sex", [(P1, "student", None), (P2, "teacher", None)]),
    Sample("identifiers.csv", "roster_identifiers", "person_key system identifier", [(P1, "ent", key("person", "u-0001"))]),
    Sample(
        "enrolments.csv",
        "roster_enrolments",
        "person_key class_key uai level from_date to_date",
        [(P1, K1, "0920001B", "CE1", "2025-09-01", None), (P1, K1, "0920001B", "CE1", "2024-09-02", "2025-07-04")],
    ),
    Sample("enrolments_few.csv", "roster_enrolments", "person_key level from_date", [(P1, None, "2025-09-01")]),
    Sample(
        "devices.csv",
        "roster_devices",
        "device_key model os kind",
        [(D1, "Tab A9", "Android 14", "individual"), (D2, None, None, "shared")],
    ),
    Sample("devices_few.csv", "roster_devices", "device_key model os kind", [(D1, None, None, "individual"), (D2, None, None, "shared")]),
    Sample(
        "assignments.csv",
        "roster_assignments",
        "device_key person_key class_key from_date to_date take_home",
        [(D1, P1, None, "2025-09-01", None, True), (D2, None, K1, "2025-09-01", "2025-12-19", False)],
    ),
    Sample("assignments_few.csv", "roster_assignments", "device_key person_key class_key to_date", [(D1, P1, None, None)]),
    Sample(
        "app_catalogue.csv",
        "roster_app_catalogue",
        "app_id name category chosen_on licence_cost_eur",
        [("fr.exemple.lecture", "Lecture", "Français", "2025-09-01", 12.5), ("com.exemple.jeu", "Jeu", "Autre", None, None)],
    ),
    Sample("app_catalogue_few.csv", "roster_app_catalogue", "app_id chosen_on", [("fr.exemple.lecture", None)]),
    Sample(
        "trainings.csv",
        "roster_trainings",
        "uai person_key held_on hours",
        [("0920001B", None, "2025-11-05", 6.0), (None, P2, "2025-11-12", 1.5)],
    ),
    Sample("trainings_few.csv", "roster_trainings", "uai person_key held_on hours", [(None, P2, "2025-11-05", None)]),
    Sample(
        "repairs.csv",
        "roster_repairs",
        "device_key from_date to_date",
        [(D1, "2025-10-06", "2025-10-17"), (D2, "2025-11-05", None)],
    ),
    Sample("repairs_few.csv", "roster_repairs", "device_key from_date to_date", [(D1, "2025-10-06", None)]),
    Sample("closures.csv", "roster_closures", "uai from_date to_date reason", [("0920001B", "2025-11-20", "2025-11-21", "neige")]),
]
SECRETS = [
    "lea.durand",
    "Durand",
    "192.0.2.",
    "10.1.2.3",
    "a4:83:e7",
    "5CD000",
    "DMPX",
    "tab-0001",
    "chr-0001",
    "00008101",
    "p-0001",
    "k-0001",
]


@pytest.mark.parametrize("how", ["plain", "gz", "zip"])
@pytest.mark.parametrize("sample", SAMPLE_FILES, ids=lambda s: s.file)
def test_sample_becomes_its_canonical_rows(sample: Sample, how: str, tmp_path: Path) -> None:
    name, content = packed(sample.file, (SAMPLES / sample.file).read_bytes(), how)
    config, record = read_one(tmp_path, name, content)
    assert (record.message, record.source, record.status) == ("", sample.source, "loaded")
    assert (record.rows_read, record.rows_quarantined, record.rows_duplicate) == (len(sample.rows) + sample.aside, sample.aside, 0)
    found = lake_rows(config, load_sources()[sample.source].fills, *sample.columns.split())
    assert sorted(found, key=repr) == sorted(sample.rows, key=repr)
    assert left_behind(config, [*SECRETS, "u-0001", "user with id '8"]) == set()


def test_every_source_has_a_sample() -> None:
    assert {sample.source for sample in SAMPLE_FILES} == set(load_sources())
    assert {sample.file for sample in SAMPLE_FILES} == {path.name for path in SAMPLES.iterdir()}


@pytest.mark.parametrize("table", ["trainings", "repairs"])
def test_what_people_wrote_about_trainings_and_repairs_is_not_kept(table: str, tmp_path: Path) -> None:
    config, _ = read_one(tmp_path, f"{table}.csv", (SAMPLES / f"{table}.csv").read_bytes())
    columns = [column.name for column in load_sources()[f"roster_{table}"].table.columns]
    written = [str(value) for row in lake_rows(config, table, *columns) for value in row]
    assert written and not [value for value in written if "Léa" in value or "cran" in value or "Lecture" in value]
    assert left_behind(config, ["prise en main", "écran", "cassé"]) == set()


def test_a_repair_without_its_reason_is_read_as_an_assignment_of_nobody(tmp_path: Path) -> None:
    config, record = read_one(tmp_path, "repairs.csv", "device_id,from_date,to_date\ntab-0001,2025-10-06,\n")
    assert (record.source, record.rows_loaded) == ("roster_assignments", 0)
    assert quarantined(config, record) == ["2,class_id,neither a person nor a class holds it"]


def test_portal_rows_set_aside_say_why(tmp_path: Path) -> None:
    config, record = read_one(tmp_path, "ent_one.ndjson", (SAMPLES / "ent_one.ndjson").read_bytes())
    expected = '7,profil,"not what is expected here. Expected Student, Teacher, Relative, Personnel or Guest"'
    assert quarantined(config, record) == [expected, "8,userId,empty"]


def test_portal_events_as_an_array_are_the_same_rows(tmp_path: Path) -> None:
    lines = (SAMPLES / "ent_one.ndjson").read_text(encoding="utf-8").splitlines()
    config, record = read_one(tmp_path, "events.json", json.dumps([json.loads(line) for line in lines], indent=1))
    assert (record.rows_loaded, record.rows_quarantined) == (6, 2)
    rows = [(key("person", user), *rest) for user, *rest in _ENT_ROWS]
    assert sorted(lake_rows(config, "portal_events", *_PORTAL.split()), key=repr) == sorted(rows, key=repr)


ROSTERS = [sample for sample in SAMPLE_FILES if sample.source.startswith("roster_")]


@pytest.mark.parametrize("sample", ROSTERS, ids=lambda s: s.file)
def test_rosters_with_semicolons_a_byte_order_mark_and_windows_line_ends(sample: Sample, tmp_path: Path) -> None:
    import csv
    import io

    text = (SAMPLES / sample.file).read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    config, record = read_one(tmp_path, sample.file, ("\ufeff" + out.getvalue()).encode())
    assert (record.message, record.rows_loaded) == ("", len(sample.rows))
    found = lake_rows(config, load_sources()[sample.source].fills, *sample.columns.split())
    assert sorted(found, key=repr) == sorted(sample.rows, key=repr)
