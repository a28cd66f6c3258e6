/*
title          = "Lower quartile of minutes on days with use"
why_it_matters = "A quarter of the days of use are shorter."
population     = "school days on which a pupil uses the individual tablet"
unit           = "minutes"
statistic      = "quartile"
counts         = "users"
shown_by       = ["all", "week"]
*/
SELECT
    uai,
    period,
    breakdown,
    category,
    evidence,
    people_in(person_key) AS n,
    CAST(NULL AS DOUBLE) AS numerator,
    COUNT(*) AS denominator,
    QUANTILE_CONT(seconds, 0.25) / 60 AS value,
    population_of(person_key) AS population
FROM marts.active_day
GROUP BY ALL
