/*
title    = "ENT ONE / NEO statistics (accounts, devices, applications, connectors)"
titre    = "ENT ONE, statistiques"
fills    = "portal_counts"
reads    = ["csv"]
melts    = "(?i)connexions|connections|logins|visiteurs uniques|unique visitors|comptes chargés|loaded accounts|accounts loaded|comptes activés|activated accounts|accounts activated|nombre d['’]accès|number of access(es)?|accesses"
needs    = ["UAI", "Date", "Profil", "melted.name", "melted.value"]
may      = ["Support", "Application", "Connecteur"]
aliases  = { "Profil" = ["Profile"], "Support" = ["Device"], "Connecteur" = ["Connector"] }
drops    = ["Établissement", "Etablissement", "School", "Structure"]
columns  = { uai = ["UAI", "a UAI"], date = ["Date", "year-month-dayThour:minute"], profile = ["Profil", "Élève, Enseignant, Parent, Personnel or Invité"], value = ["melted.value", "a number"] }
lacks    = { uai = "empty: an export by class gives the name of the class and no school. Export the school without the detail by classes" }
gives    = "counts by school and profile: logins, unique visitors, accounts loaded and activated, logins by device, openings by application or connector; no minutes, no persons. A row that is missing may be 0 or not listed"
export   = "Application Statistiques, button Exporter, without the detail by classes. The export does not say whether it counts hours, days, weeks or months, nor whether it is consolidated (somebody of several schools counted once) or detailed by school (counted in each): keep one kind only, and several dates in each file"
*/
WITH dated AS (
    SELECT
        *,
        TRY_CAST("Date" AS TIMESTAMP) AS starts_at,
        LOWER(strip_accents("melted.name")) AS counted
    FROM raw
),

starts AS (
    SELECT
        starts_at,
        starts_at - LAG(starts_at) OVER (ORDER BY starts_at) AS step
    FROM (SELECT DISTINCT starts_at FROM dated WHERE starts_at IS NOT NULL) AS d
),

rhythm AS (
    -- the frequency is not in the file: one date alone may start a day, a week or a month
    SELECT
        CASE
            WHEN BOOL_OR(starts_at <> DATE_TRUNC('day', starts_at)) THEN 'hour'
            WHEN COUNT(*) > 1 AND BOOL_AND(DAY(starts_at) = 1) THEN 'month'
            WHEN BOOL_AND(ISODOW(starts_at) = 1) AND MIN(step) = INTERVAL 7 DAY THEN 'week'
            WHEN NOT BOOL_AND(DAY(starts_at) = 1) AND NOT BOOL_AND(ISODOW(starts_at) = 1) THEN 'day'
        END AS frequency
    FROM starts
)

SELECT
    d.record,
    UPPER(d."UAI") AS uai,
    CAST(d.starts_at AS DATE) AS "date",
    IF(r.frequency = 'hour', HOUR(d.starts_at), NULL) AS hour,
    r.frequency,
    portal_profile(d."Profil") AS profile,
    -- the English labels were not found in writing: the plausible ones are taken
    CASE
        WHEN d.counted IN ('connexions', 'connections', 'logins') THEN 'logins'
        WHEN d.counted IN ('visiteurs uniques', 'unique visitors') THEN 'unique_visitors'
        WHEN d.counted IN ('comptes charges', 'loaded accounts', 'accounts loaded') THEN 'accounts_loaded'
        WHEN d.counted IN ('comptes actives', 'activated accounts', 'accounts activated') THEN 'accounts_activated'
        ELSE 'accesses'
    END AS indicator,
    COALESCE('device:' || LOWER(d."Support"), 'application:' || d."Application", 'connector:' || d."Connecteur") AS dimension,
    decimal_number(d."melted.value") AS value
FROM dated AS d
CROSS JOIN rhythm AS r
