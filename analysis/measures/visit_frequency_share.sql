/*
title          = "How often pupils come to the portal"
why_it_matters = "A mean hides those who never come behind those who come each day."
population     = "pupils with an account; visits of the period per school week in which they are enrolled"
unit           = "share"
statistic      = "share"
shown_by       = ["frequency"]
whole          = ["frequency"]
adds           = ["pupils"]
overlaps       = ["school"]
*/
WITH classed AS (
    SELECT
        uai,
        period,
        CASE
            WHEN visits = 0 THEN 'none'
            WHEN visits < weeks THEN 'under_1'
            WHEN visits < 3 * weeks THEN '1_to_2'
            ELSE '3_or_more'
        END AS category,
        COUNT(*) AS people,
        population_of(person_key) AS population
    FROM marts.portal_account
    WHERE profile = 'student' AND has_account
    GROUP BY ALL
),

every_class AS (
    -- a class of frequency that nobody is in is 0, and is coded like any other
    SELECT
        p.uai,
        p.period,
        c.category,
        p.n,
        p.population
    FROM (SELECT uai, period, SUM(people) AS n, BIT_XOR(population) AS population FROM classed GROUP BY ALL) AS p
    CROSS JOIN (VALUES ('none'), ('under_1'), ('1_to_2'), ('3_or_more')) AS c (category)
)

SELECT
    e.uai,
    e.period,
    'frequency' AS breakdown,
    e.category,
    'estimated' AS evidence,
    e.n,
    COALESCE(c.people, 0) AS numerator,
    e.n AS denominator,
    e.population
FROM every_class AS e
LEFT JOIN classed AS c USING (uai, period, category)
