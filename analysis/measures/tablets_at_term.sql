/*
title          = "Tablets planned at term"
why_it_matters = "How far the way still is."
population     = "the number at term of cartable.toml; n counts the pupils enrolled in the territory"
unit           = "tablets"
statistic      = "count"
shown_by       = ["all"]
source         = "cartable.toml, deployment.at_term"
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
CROSS JOIN marts.term AS g
WHERE e.uai = 'territory' AND e.breakdown = 'all'
GROUP BY ALL
