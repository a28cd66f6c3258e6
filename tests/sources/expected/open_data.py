"""Open data of schools, the official calendar, and results of tests."""

from tests.reading import key
from tests.sources.sample import Sample

DIRECTORY = "uai name kind commune commune_code sector rep pupils state"
INDEX = "uai school_year ips method commune_code sector pupils"
HEADCOUNTS = (
    "uai school_year sector rep classes pupils pupils_nursery pupils_elementary pupils_ulis pupils_ueea "
    "pupils_cp pupils_ce1 pupils_ce2 pupils_cm1 pupils_cm2"
)
CALENDAR = "school_year zone location population description from_date to_date"
RESULTS = "year grade place_kind place pupil_group discipline competence statistic result pupils"
OLD, NEW = "until 2021-2022", "since 2022-2023"
P1, P2, K1 = key("person", "p-0001"), key("person", "p-0002"), key("class", "k-0001")
NATIONAL = "fr-en-evaluations_nationales"

SAMPLE_FILES = [
    Sample(
        "annuaire.csv",
        "school_directory",
        DIRECTORY,
        [
            ("0920001B", "École élémentaire des Tilleuls", "Ecole", "Valmont", "92999", "public", "REP+", None, "open"),
            ("0920002C", "École Sainte-Anne et Saint-Jean", "Ecole", "Valmont", "92999", "private", None, None, "open"),
        ],
        aside=2,
    ),
    Sample(
        "annuaire_api.csv",
        "school_directory",
        DIRECTORY,
        [
            ("0780004F", "Collège des Saules", "Collège", "Clairbois", "78999", "public", "REP", 412, "open"),
            ("9980001C", "Service des Saules", "Service Administratif", "Clairbois", "99800", None, None, None, "opening"),
        ],
    ),
    Sample(
        "ips.csv",
        "school_index",
        INDEX,
        [
            ("0920001B", "2021-2022", 98.4, OLD, "92999", "public", None),
            ("0920002C", "2021-2022", None, OLD, "92999", "private", None),
        ],
        aside=1,
    ),
    Sample("ips_ap2022.csv", "school_index", INDEX, [("0920001B", "2022-2023", 99.8, NEW, "92999", "public", 212)], aside=1),
    Sample(
        "ips_recent.csv",
        "school_index",
        INDEX,
        [
            ("0920001B", "2023-2024", 101.2, NEW, "92999", "public", None),
            ("0920001B", "2024-2025", 102.6, NEW, "92999", "public", None),
        ],
    ),
    Sample(
        "effectifs.csv",
        "school_headcounts",
        HEADCOUNTS,
        [("0920001B", "2022-2023", "public", "REP+", 10, 212, 60, 140, 12, None, 30, 28, 28, 27, 27)],
        aside=1,
    ),
    Sample(
        "effectifs_api.csv",
        "school_headcounts",
        HEADCOUNTS,
        [("0920003D", "2025-2026", "public", "REP", 6, 125, 0, 118, 0, 7, 24, 24, 24, 23, 23)],
    ),
    Sample(
        "calendrier.csv",
        "official_calendar",
        CALENDAR,
        [
            ("2025-2026", "Zone C", "Versailles", "-", "Vacances de la Toussaint", "2025-10-18", "2025-11-03"),
            ("2025", "Nouvelle Calédonie", "Nouvelle-Calédonie", "Élèves", "Vacances d'été austral", "2025-12-19", "2026-02-15"),
        ],
        aside=1,
    ),
    Sample(
        "calendrier_api.csv",
        "official_calendar",
        CALENDAR,
        [("2025-2026", "Zone C", "Versailles", "Élèves", "Vacances d'Hiver", "2026-02-21", "2026-03-09")],
    ),
    Sample("jours_feries.csv", "public_holidays", "local_date name", [("2026-05-14", "Ascension")], aside=1),
    Sample(
        f"{NATIONAL}_cp_academie.csv",
        "national_assessments",
        RESULTS,
        [(None, "CP", "academie", "Versailles", None, "Français", "Comprendre des mots", "share_mastered", 81.4, None)],
        aside=1,
    ),
    Sample(
        f"{NATIONAL}_ce2_departement.csv",
        "national_assessments",
        RESULTS,
        [
            (2024, "CE2", "departement", "092", "Ensemble", "Français", "Lire à voix haute", "share_mastered", 72.5, None),
            (2024, "CE2", "country", None, "Filles", "Français", "Lire à voix haute", "share_mastered", 70.1, None),
        ],
    ),
    Sample(
        f"{NATIONAL}_6eme_departement.csv",
        "national_assessments",
        RESULTS,
        [
            (2024, "6e", "departement", "092", "Ensemble", "Mathématiques", None, "mean_score", 258.2, None),
            (2024, "6e", "departement", "092", "Ensemble", "Mathématiques", None, "share_group_1", 8.1, None),
            (2024, "6e", "departement", "092", "Ensemble", "Mathématiques", None, "share_group_6", 19.4, None),
        ],
    ),
    Sample(
        f"{NATIONAL}_6eme_par_etablissement.csv",
        "national_assessments",
        RESULTS,
        [(2024, "6e", "college", "0780004F", None, "Français", None, "mean_score", 251.0, 96)],
    ),
    Sample(
        "assessments.csv",
        "roster_assessments",
        "person_key test domain taken_on scale score",
        [
            (P1, "Fluence CE1", "lecture", "2026-01-15", "0-20", 12.5),
            (P2, "Fluence CE1", "lecture", "2026-01-15", "0-20", 17.0),
        ],
        aside=1,
    ),
    Sample(
        "group_assessments.csv",
        "roster_group_assessments",
        "class_key uai test domain taken_on pupils scale mean_score sd_score",
        [
            (K1, "0920001B", "Calcul", "nombres", "2026-01-15", 24, "0-100", 61.5, 12.0),
            (None, "0920001B", "Calcul", "nombres", "2026-01-15", 118, "0-100", 58.0, None),
        ],
        aside=1,
    ),
]
