"""Rosters of our own form."""

from tests.reading import key
from tests.sources.sample import Sample

D1, D2 = key("device", "tab-0001"), key("device", "tab-0002")
P1, P2, K1 = key("person", "p-0001"), key("person", "p-0002"), key("class", "k-0001")
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


SCHOOLS = "uai school_year name commune zone sector ips rep timezone week_pattern bells"
SAMPLE_FILES = [
    Sample(
        "schools.csv",
        "roster_schools",
        SCHOOLS,
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
