/*
title          = "Coverage: tablet-days seen among those expected"
why_it_matters = "A silent tablet and an unused one look alike; this says how much was heard of at all."
population     = "school days of individual tablets while a pupil holds them"
unit           = "share"
statistic      = "share"
shown_by       = ["all", "week"]
adds           = ["pupils", "days"]
*/
SELECT
    uai,
    period,
    breakdown,
    category,
    evidence,
    people_in(person_key) AS n,
    SUM(days_seen) AS numerator,
    SUM(days) AS denominator,
    population_of(person_key) AS population
FROM marts.device_period
WHERE kind = 'individual'
GROUP BY ALL
