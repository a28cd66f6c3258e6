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
    SELECT uai, period, COALESCE(module, 'autre') AS module, SUM(events) AS openings
    FROM marts.portal_deed_period
    WHERE breakdown = 'all' AND event_type = 'ACCESS'
    GROUP BY ALL
),

named AS (
    SELECT
        uai,
        period,
        IF(openings < 0.03 * SUM(openings) OVER whole, 'autre', module) AS category,
        openings
    FROM opened
    WINDOW whole AS (PARTITION BY uai, period)
),

visitors AS (
    SELECT uai, period, COUNT(DISTINCT person_key) AS n
    FROM marts.portal_deed_period
    WHERE breakdown = 'all' AND event_type = 'ACCESS'
    GROUP BY ALL
),

summed AS (
    SELECT uai, period, category, SUM(openings) AS openings
    FROM named
    GROUP BY ALL
)

SELECT
    s.uai,
    s.period,
    'module' AS breakdown,
    s.category,
    'estimated' AS evidence,
    v.n,
    s.openings AS numerator,
    SUM(s.openings) OVER (PARTITION BY s.uai, s.period) AS denominator
FROM summed AS s
JOIN visitors AS v USING (uai, period)
