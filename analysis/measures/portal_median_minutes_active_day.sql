/*
title          = "Median estimated minutes on the portal on days with a visit (lower bound)"
why_it_matters = "The portal writes no end of a visit: the time between its first and last trace is the least that it lasted."
population     = "days with a visit of pupils; the breakdown `gap` shows other lengths of silence that may end a visit"
unit           = "minutes"
statistic      = "median"
counts         = "users"
shown_by       = ["all", "gap"]
*/
WITH cut AS (
    SELECT *, 'gap' AS breakdown, CAST(gap_minutes AS VARCHAR) AS category
    FROM marts.portal_pupil_day
    WHERE gap_minutes IN (10, 15, 30, 60)
    UNION ALL
    SELECT *, 'all' AS breakdown, 'all' AS category
    FROM marts.portal_pupil_day
    WHERE gap_minutes = getvariable('session_gap_minutes')
)

SELECT
    uai,
    period,
    breakdown,
    category,
    'estimated' AS evidence,
    people_in(person_key) AS n,
    CAST(NULL AS DOUBLE) AS numerator,
    COUNT(*) AS denominator,
    MEDIAN(minutes) AS value,
    population_of(person_key) AS population
FROM cut
GROUP BY ALL
