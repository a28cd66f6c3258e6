/*
title          = "Tablets planned for pupils' hands"
why_it_matters = "What was promised, beside what is there."
population     = "the plan of cartable.toml for the school year of the period, cumulated; n counts the pupils enrolled in the territory"
unit           = "tablets"
statistic      = "count"
shown_by       = ["all"]
source         = "cartable.toml, deployment.plan"
*/
SELECT
    e.uai,
    e.period,
    'all' AS breakdown,
    'all' AS category,
    '' AS evidence,
    COUNT(DISTINCT e.person_key) AS n,
    CAST(NULL AS DOUBLE) AS numerator,
    CAST(NULL AS DOUBLE) AS denominator,
    ANY_VALUE(g.tablets) AS value,
    population_of(e.person_key) AS population
FROM marts.enrolled_period AS e
JOIN marts.period AS p ON e.school_uai = p.uai AND e.period = p.period
JOIN marts.plan AS g USING (school_year)
WHERE e.uai = 'territory' AND e.breakdown = 'all'
GROUP BY ALL
