/*
title          = "Tablets in pupils' hands"
why_it_matters = "Beside the plan, it says how far the town has come."
population     = "individual tablets that pupils hold on the last school day of the data in the period; n counts the pupils"
unit           = "tablets"
statistic      = "count"
counts         = "users"
shown_by       = ["all"]
*/
SELECT
    uai,
    period,
    'all' AS breakdown,
    'all' AS category,
    '' AS evidence,
    COUNT(DISTINCT person_key) AS n,
    CAST(NULL AS DOUBLE) AS numerator,
    CAST(NULL AS DOUBLE) AS denominator,
    COUNT(DISTINCT device_key) AS value,
    population_of(person_key) AS population
FROM marts.tablet_in_hand
WHERE uai = 'territory'
GROUP BY ALL
