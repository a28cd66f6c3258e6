/*
title          = "Visits to the portal per visitor"
why_it_matters = "Who comes once and who comes back."
population     = "pupils (and by profile: teachers, relatives, staff) with at least one visit in the period"
unit           = "visits"
statistic      = "mean"
counts         = "users"
shown_by       = ["all", "profile"]
*/
WITH visitors AS (
    SELECT
        d.uai,
        p.period,
        d.profile,
        d.person_key,
        SUM(d.visits) AS visits
    FROM marts.portal_day AS d
    JOIN marts.period AS p ON d.uai = p.uai AND d.local_date BETWEEN p.from_date AND p.to_date
    WHERE d.profile IN ('student', 'teacher', 'relative', 'personnel')
    GROUP BY ALL
),

everywhere AS (
    SELECT * FROM visitors
    UNION ALL
    SELECT * REPLACE ('territory' AS uai) FROM visitors
)

SELECT
    uai,
    period,
    'profile' AS breakdown,
    profile AS category,
    'estimated' AS evidence,
    COUNT(DISTINCT person_key) AS n,
    SUM(visits) AS numerator,
    COUNT(DISTINCT person_key) AS denominator
FROM everywhere
GROUP BY ALL
UNION ALL
SELECT
    uai,
    period,
    'all' AS breakdown,
    'all' AS category,
    'estimated' AS evidence,
    COUNT(DISTINCT person_key) AS n,
    SUM(visits) AS numerator,
    COUNT(DISTINCT person_key) AS denominator
FROM everywhere
WHERE profile = 'student'
GROUP BY ALL
