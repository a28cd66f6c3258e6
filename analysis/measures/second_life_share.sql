/*
title          = "Tablets in hand that another pupil had before"
why_it_matters = "A tablet that serves twice costs half."
population     = "individual tablets that pupils hold on the last school day of the data in the period; n counts the pupils"
unit           = "share"
statistic      = "share"
shown_by       = ["all"]
adds           = ["pupils"]
*/
SELECT
    uai,
    period,
    'all' AS breakdown,
    'all' AS category,
    '' AS evidence,
    COUNT(DISTINCT person_key) AS n,
    COUNT(*) FILTER (WHERE had_other_holder) AS numerator,
    COUNT(*) AS denominator,
    population_of(person_key) AS population
FROM marts.tablet_in_hand
GROUP BY ALL
