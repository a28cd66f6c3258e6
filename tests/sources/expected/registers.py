"""Rosters that others export: ONDE, OneRoster, Apple School Manager, AAF 1D."""

from tests.reading import key
from tests.sources.sample import Sample


def _person(identifier: str) -> str:
    return key("person", identifier)


def _class(identifier: str) -> str:
    return key("class", identifier)


YEAR = ("2025-09-01", "2026-08-31")
PLACE = "2025-2026/0920001B"
LEA, HUGO, ZOE = _person("123456789AB"), _person("987654321CD"), _person("MARTIN|ZOE|2016-02-29")
DOUBLE, ULIS = _class("0920001B 47113306"), _class("0920001B 4712")
OLD_LEA, GS, CM2 = _person("DURAND|LEA|2018-03-02"), _class("0920001B GS A"), _class("0920001B CM2 Durand")
K1, K2, K3 = _class("k-0001"), _class("k-0002"), _class("k-0003")
AAF_1, AAF_2 = _class("501"), _class("502")
PEOPLE, ENROLMENTS = "person_key profile sex", "person_key class_key uai structure_id level from_date to_date"
CLASSES = "class_key uai structure_id school_year levels"
ONDE, OLD_ONDE = "CSVExtraction-eleves.csv", "CSVExtraction-eleves-BE1D.csv"
AAF = "ENT_0920001B_Complet_20251001_{}_0000.xml"
SAMPLE_FILES = [
    Sample(ONDE, "onde_pupils", PEOPLE, [(LEA, "student", "F"), (HUGO, "student", "M"), (ZOE, "student", "F")], 1, PLACE),
    Sample(
        ONDE,
        "onde_pupils_enrolments",
        ENROLMENTS,
        [
            (LEA, DOUBLE, "0920001B", None, "CE1", *YEAR),
            (HUGO, DOUBLE, "0920001B", None, "CE2", *YEAR),
            (ZOE, ULIS, "0920001B", None, None, *YEAR),
        ],
        1,
        PLACE,
    ),
    Sample(
        ONDE,
        "onde_pupils_classes",
        CLASSES,
        [(DOUBLE, "0920001B", None, "2025-2026", "CE1|CE2")] * 2 + [(ULIS, "0920001B", None, "2025-2026", "CM1")] * 2,
        0,
        PLACE,
    ),
    Sample(OLD_ONDE, "onde_pupils", PEOPLE, [(OLD_LEA, "student", "F"), (ZOE, "student", "F")], 1, PLACE),
    Sample(
        OLD_ONDE,
        "onde_pupils_enrolments",
        ENROLMENTS,
        [(OLD_LEA, GS, "0920001B", None, "GS", *YEAR), (ZOE, CM2, "0920001B", None, "CM2", *YEAR)],
        1,
        PLACE,
    ),
    Sample(
        OLD_ONDE,
        "onde_pupils_classes",
        CLASSES,
        [(GS, "0920001B", None, "2025-2026", "GS")] + [(CM2, "0920001B", None, "2025-2026", "CM2")] * 2,
        0,
        PLACE,
    ),
    Sample("oneroster_orgs.csv", "oneroster_orgs", "structure_id uai", [("o-0001", "0920001B")], 1),
    Sample(
        "oneroster_users.csv",
        "oneroster_users",
        "person_key profile",
        [
            (_person("u-0001"), "student"),
            (_person("u-0002"), "teacher"),
            (_person("u-0003"), "relative"),
            (_person("u-0004"), "personnel"),
        ],
        2,
    ),
    Sample(
        "oneroster_roles.csv",
        "oneroster_roles",
        "person_key profile",
        [(_person("u-0001"), "student"), (_person("u-0002"), "teacher"), (_person("u-0002"), "teacher")],
        1,
    ),
    Sample(
        "oneroster_classes.csv",
        "oneroster_classes",
        CLASSES,
        [
            (K1, None, "o-0001", "2025-2026", "CE1"),
            (K2, None, "o-0001", "2025-2026", "CE2|CM1"),
            (K3, None, "o-0001", "2025-2026", None),
        ],
        1,
        "2025-2026",
    ),
    Sample(
        "oneroster_enrollments.csv",
        "oneroster_enrollments",
        ENROLMENTS,
        [
            (_person("u-0001"), K1, None, "o-0001", None, *YEAR),
            (_person("u-0002"), K1, None, "o-0001", None, "2025-09-01", "2026-07-03"),
            (_person("u-0007"), K2, None, "o-0001", None, "2025-10-06", "2026-08-31"),
        ],
        2,
        "2025-2026",
    ),
    Sample("apple_students.csv", "apple_students", "person_key profile", [(_person("p-0001"), "student")], 1),
    Sample("apple_staff.csv", "apple_staff", "person_key profile", [(_person("p-0002"), "personnel")], 1),
    Sample("apple_classes.csv", "apple_classes", CLASSES, [(K1, None, "L1", "2025-2026", None)], 1, "2025-2026"),
    Sample(
        "apple_rosters.csv",
        "apple_rosters",
        ENROLMENTS,
        [(_person("p-0001"), K1, None, None, None, *YEAR)],
        1,
        "2025-2026",
    ),
    Sample(AAF.format("EtabEducNat"), "aaf_structures", "structure_id uai", [("77", "0920001B")], 1),
    Sample(AAF.format("Eleve"), "aaf_pupils", PEOPLE, [(LEA, "student", None), (_person("3002"), "student", None)], 2),
    Sample(
        AAF.format("Eleve"),
        "aaf_pupils_enrolments",
        ENROLMENTS,
        [(LEA, AAF_1, None, "77", "CE1", "2025-09-02", "2026-08-31"), (_person("3002"), AAF_1, None, "77", "CE2", *YEAR)],
        2,
    ),
    # a change names its class too; the deletion names none
    Sample(
        AAF.format("Eleve"),
        "aaf_pupils_classes",
        CLASSES,
        [(AAF_1, None, "77", "2025-2026", "CE1|CE2")] * 2 + [(AAF_2, None, "77", "2025-2026", None)],
        1,
    ),
    Sample(
        AAF.format("PersEducNat"),
        "aaf_staff",
        "person_key profile",
        [(_person("5001"), "teacher"), (_person("5002"), "personnel"), (_person("5003"), "teacher")],
        1,
    ),
    Sample(AAF.format("PersRelEleve"), "aaf_relatives", "person_key profile", [(_person("9001"), "relative")], 1),
]
