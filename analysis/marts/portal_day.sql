/*
title = "Visits to the portal and estimated minutes (lower bound) of each person on each day with a visit"
grain = "one person on one local day with a visit"
month = "local_date"
needs = ["portal_gap_day"]
*/
SELECT
    g.uai,
    g.person_key,
    g.profile,
    g.local_date,
    g.visits,
    g.minutes
FROM marts.portal_gap_day AS g
WHERE
    g.gap_minutes = getvariable('session_gap_minutes')
    AND g.local_date BETWEEN getvariable('month_start') AND getvariable('month_end')
