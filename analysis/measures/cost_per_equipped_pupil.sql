/*
title          = "Cost of a school year per pupil with an individual tablet"
why_it_matters = "What a council pays for one tablet in one pupil's hands."
population     = "pupils with an individual tablet on at least one school day of the period, over the whole territory; the cost is that of cartable.toml, for a school year whatever the period"
unit           = "EUR"
statistic      = "mean"
shown_by       = ["all"]
*/
SELECT
    e.uai,
    e.period,
    'all' AS breakdown,
    'all' AS category,
    '' AS evidence,
    COUNT(DISTINCT e.person_key) AS n,
    ANY_VALUE(c.eur_per_school_year) AS numerator,
    COUNT(DISTINCT e.person_key) AS denominator,
    population_of(e.person_key) AS population
FROM marts.enrolled_period AS e
CROSS JOIN marts.cost AS c
WHERE e.uai = 'territory' AND e.breakdown = 'all' AND e.days_equipped > 0
GROUP BY ALL
