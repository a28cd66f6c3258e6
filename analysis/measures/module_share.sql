/*
title          = "What pupils open on the portal"
why_it_matters = "What the portal is for, in fact."
population     = "openings of pupils who come; parts of the portal under 3 % of the openings count together as `autre`"
unit           = "share"
statistic      = "share"
counts         = "users"
shown_by       = ["module"]
whole          = ["module"]
*/
WITH opened AS (
    SELECT uai, period, COALESCE(module, 'autre') AS module, person_key, SUM(events) AS openings
    FROM marts.portal_deed_period
    WHERE breakdown = 'all' AND event_type = 'ACCESS'
    GROUP BY ALL
),

modules AS (
    SELECT uai, period, module, SUM(openings) AS openings
    FROM opened
    GROUP BY ALL
),

named AS (
    SELECT
        uai,
        period,
        module,
        IF(openings < 0.03 * SUM(openings) OVER whole, 'autre', module) AS category
    FROM modules
    WINDOW whole AS (PARTITION BY uai, period)
),

people AS (
    SELECT n.uai, n.period, n.category, o.person_key, SUM(o.openings) AS openings
    FROM opened AS o
    JOIN named AS n USING (uai, period, module)
    GROUP BY ALL
),

visitors AS (
    SELECT uai, period, person_key, SUM(openings) AS openings
    FROM people
    GROUP BY ALL
),

wholes AS (
    SELECT
        uai,
        period,
        COUNT(*) AS n,
        SUM(openings) AS openings,
        population_of(person_key) AS population,
        largest_part(openings) AS largest
    FROM visitors
    GROUP BY ALL
)

SELECT
    p.uai,
    p.period,
    'module' AS breakdown,
    p.category,
    'estimated' AS evidence,
    ANY_VALUE(w.n) AS n,
    SUM(p.openings) AS numerator,
    ANY_VALUE(w.openings) AS denominator,
    ANY_VALUE(w.population) AS population,
    GREATEST(largest_part(p.openings), ANY_VALUE(w.largest)) AS largest
FROM people AS p
JOIN wholes AS w USING (uai, period)
GROUP BY ALL
