/*
title    = "DNMA open data (profiles, services, devices, profiles by device)"
titre    = "DNMA, données ouvertes"
fills    = "portal_counts"
reads    = ["csv"]
melts    = "(?i)(visites|utilisateurs|dur[ée]e)_(.+)"
needs    = ["debutSemaine", "UAI", "melted.name", "melted.value"]
drops    = ["académie", "academie", "commune", "département", "departement", "région", "region", "ministère", "ministere", "circonscription", "nature_uai", "secteur"]
columns  = { uai = ["UAI", "a UAI"], date = ["debutSemaine", "year-month-day"] }
gives    = "visits and users of each school and week, by profile, service and device. Its durations are kept as they are written and are no minutes: whether they are totals or means is not known. Counts before and after the summer of 2025 do not compare"
export   = "data.education.gouv.fr, data sets fr-en-dnma-par-uai-profils, -services, -appareils and -profils-appareils: filter by commune, then export as CSV"
*/
WITH named AS (
    -- headers differ in case and accents between the files and the API
    SELECT
        *,
        LOWER(strip_accents("melted.name")) AS column_name
    FROM raw
),

parted AS (
    SELECT
        *,
        regexp_extract(column_name, '^([a-z]+)_', 1) AS counted,
        regexp_extract(column_name, '^[a-z]+_(globales|eleve|parent|enseignant|admin_vie_scol_tech)(?:_|$)', 1) AS who,
        REPLACE(
            regexp_extract(column_name, '^[a-z]+_(?:(?:globales|eleve|parent|enseignant|admin_vie_scol_tech)(?:_|$))?(.*)$', 1),
            'autresappareil', 'autreappareil'
        ) AS part
    FROM named
)

SELECT
    record,
    UPPER("UAI") AS uai,
    TRY_CAST("debutSemaine" AS DATE) AS "date",
    'week' AS frequency,
    CASE who
        WHEN 'eleve' THEN 'student'
        WHEN 'parent' THEN 'relative'
        WHEN 'enseignant' THEN 'teacher'
        WHEN 'admin_vie_scol_tech' THEN 'personnel'
        ELSE 'all'
    END AS profile,
    CASE counted WHEN 'visites' THEN 'visits' WHEN 'utilisateurs' THEN 'users' ELSE 'duration' END AS indicator,
    CASE
        WHEN part = '' THEN NULL
        WHEN part IN ('ordinateur', 'smartphone', 'tablette', 'autreappareil') THEN 'device:' || part
        WHEN part IN ('android', 'windows', 'ios', 'macos', 'chromeos', 'linux', 'autreos') THEN 'os:' || part
        WHEN part IN (
            'chromemobile', 'safari', 'chrome', 'firefox', 'edge',
            'samsungbrowser', 'opera', 'huaweibrowser', 'miuibrowser', 'autrenavigateur'
        ) THEN 'browser:' || part
        -- the one family whose names change from year to year
        ELSE 'service:' || part
    END AS dimension,
    IF(counted = 'duree', NULL, decimal_number("melted.value")) AS value,
    IF(counted = 'duree', "melted.value", NULL) AS duration_text
FROM parted
