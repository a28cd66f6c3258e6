/*
title          = "Days of declared closure on which a pupil visits the portal"
why_it_matters = "Does the class go on when the school is closed?"
population     = "days on which the school had declared itself closed, of all enrolled pupils"
unit           = "share"
statistic      = "share"
shown_by       = ["all"]
adds           = ["pupils", "days off"]
remainder      = ["days"]
*/
WITH closed AS (
    SELECT
        e.uai,
        p.period,
        e.person_key,
        d.local_date
    FROM marts.enrolment AS e
    JOIN marts.school_day AS d ON e.uai = d.uai AND d.local_date BETWEEN e.from_date AND e.to_date
    JOIN marts.period AS p ON e.uai = p.uai AND d.local_date BETWEEN p.from_date AND p.to_date
    SEMI JOIN marts.portal_period AS o ON p.uai = o.uai AND p.period = o.period
    WHERE d.why_closed = 'closure'
    GROUP BY ALL
),

visited AS (
    SELECT c.*, v.visits > 0 AS is_visiting
    FROM closed AS c
    LEFT JOIN marts.portal_day AS v USING (person_key, local_date)
),

everywhere AS (
    SELECT * FROM visited
    UNION ALL
    SELECT * REPLACE ('territory' AS uai) FROM visited
)

SELECT
    uai,
    period,
    'all' AS breakdown,
    'all' AS category,
    'estimated' AS evidence,
    COUNT(DISTINCT person_key) AS n,
    COUNT(*) FILTER (WHERE is_visiting) AS numerator,
    COUNT(*) AS denominator,
    population_of(person_key) AS population
FROM everywhere
GROUP BY ALL
