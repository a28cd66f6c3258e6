/*
title          = "Pupils active in a school week"
why_it_matters = "A primary school lives by the week: a day says little, a month hides who has stopped."
population     = "pupils with an individual tablet on a school day of the week; active: 5 minutes or more on one of its school days; on the portal (estimated): accounts, active with a visit in the week; all: the mean of the weeks, each counting once"
unit           = "share"
statistic      = "share"
shown_by       = ["all", "week", "profile", "week_teacher", "week_relative"]
source         = "weekly active users, on school weeks; the week is the right grain for a primary school"
*/
WITH person_weeks AS (
    SELECT uai, period, breakdown, category, evidence, person_key, week, is_active
    FROM marts.active_week
    UNION ALL
    SELECT
        uai,
        period,
        UNNEST([
            {'breakdown': 'profile', 'category': profile},
            {'breakdown': IF(profile = 'student', 'all', NULL), 'category': 'all'}
        ], recursive := TRUE),
        'estimated' AS evidence,
        person_key,
        week,
        visits > 0 AS is_active
    FROM marts.portal_week
    WHERE has_account
),

weeks AS (
    SELECT
        uai,
        period,
        breakdown,
        category,
        evidence,
        week,
        people_in(person_key) AS n,
        COUNT(DISTINCT person_key) FILTER (WHERE is_active) AS active,
        population_of(person_key) AS population
    FROM person_weeks
    WHERE breakdown IS NOT NULL
    GROUP BY ALL
),

people AS (
    SELECT
        uai,
        period,
        breakdown,
        category,
        evidence,
        people_in(person_key) AS n,
        population_of(person_key) AS population
    FROM person_weeks
    GROUP BY ALL
)

SELECT
    uai,
    period,
    breakdown,
    category,
    evidence,
    ANY_VALUE(p.n) AS n,
    SUM(w.active / w.n ORDER BY w.week) AS numerator,
    COUNT(*) AS denominator,
    ANY_VALUE(p.population) AS population
FROM weeks AS w
JOIN people AS p USING (uai, period, breakdown, category, evidence)
GROUP BY ALL
UNION ALL
SELECT
    uai,
    period,
    -- the weeks of all pupils, and those of another group: week_teacher
    IF(category = 'all', 'week', 'week_' || category) AS breakdown,
    CAST(week AS VARCHAR) AS category,
    evidence,
    n,
    active AS numerator,
    n AS denominator,
    population
FROM weeks
