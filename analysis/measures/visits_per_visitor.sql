/*
title          = "Visits to the portal per visiting pupil"
why_it_matters = "Who comes once and who comes back."
population     = "pupils with at least one visit in the period"
unit           = "visits"
statistic      = "mean"
shown_by       = ["all"]
*/
SELECT
    uai,
    period,
    'all' AS breakdown,
    'all' AS category,
    'estimated' AS evidence,
    COUNT(DISTINCT person_key) AS n,
    SUM(visits) AS numerator,
    COUNT(DISTINCT person_key) AS denominator
FROM marts.portal_pupil_day
WHERE gap_minutes = getvariable('session_gap_minutes')
GROUP BY ALL
