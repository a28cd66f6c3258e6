/*
title          = "Pupils who never use the tablet on a school day"
why_it_matters = "The zeros of every inequality index: an index is read after them."
population     = "pupils with an individual tablet on a school day of the period"
unit           = "share"
statistic      = "share"
shown_by       = ["all"]
adds           = ["pupils"]
overlaps       = ["school"]
within         = "left_out_share"
*/
SELECT
    uai,
    period,
    'all' AS breakdown,
    'all' AS category,
    evidence,
    COUNT(DISTINCT person_key) AS n,
    COUNT(DISTINCT person_key) FILTER (WHERE days_used = 0) AS numerator,
    COUNT(DISTINCT person_key) AS denominator,
    population_of(person_key) AS population
FROM marts.pupil_use
GROUP BY ALL
