/*
title          = "Cost of a school year per active pupil"
why_it_matters = "What a tablet costs when it is counted only where it serves."
population     = "pupils with an individual tablet whose use is measured in minutes (not iPads, nor schools under the coverage floor), over the whole territory; the cost of cartable.toml is shared by head among all equipped pupils, and what falls on those who are measured is divided by those of them who are active: 5 minutes or more on one school day of the period at least"
unit           = "EUR"
statistic      = "mean"
counts         = "users"
shown_by       = ["all"]
*/
WITH measured AS (
    SELECT
        uai,
        period,
        COUNT(DISTINCT person_key) AS measured,
        COUNT(DISTINCT person_key) FILTER (WHERE is_active) AS active,
        population_of(person_key) AS population
    FROM marts.pupil_use
    WHERE uai = 'territory'
    GROUP BY ALL
),

equipped AS (
    SELECT uai, period, COUNT(DISTINCT person_key) AS equipped
    FROM marts.enrolled_period
    WHERE uai = 'territory' AND breakdown = 'all' AND days_equipped > 0
    GROUP BY ALL
)

SELECT
    m.uai,
    m.period,
    'all' AS breakdown,
    'all' AS category,
    '' AS evidence,
    m.measured AS n,
    c.eur_per_school_year * m.measured / e.equipped AS numerator,
    m.active AS denominator,
    m.population
FROM measured AS m
JOIN equipped AS e USING (uai, period)
CROSS JOIN marts.cost AS c
WHERE m.active > 0
