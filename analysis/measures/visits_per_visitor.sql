/*
title          = "Visits to the portal per visitor"
why_it_matters = "Who comes once and who comes back."
population     = "pupils (and by profile: teachers, relatives, staff) with at least one visit in the period"
unit           = "visits"
statistic      = "mean"
counts         = "users"
shown_by       = ["all", "profile"]
adds           = ["pupils"]
overlaps       = ["school"]
*/
WITH visitors AS (
    SELECT
        d.uai,
        p.period,
        d.profile,
        d.person_key,
        SUM(d.visits) AS visits
    FROM marts.portal_day AS d
    JOIN marts.period AS p ON d.uai = p.uai AND d.local_date BETWEEN p.from_date AND p.to_date
    WHERE d.profile IN ('student', 'teacher', 'relative', 'personnel')
    GROUP BY ALL
),

everywhere AS (
    SELECT * FROM visitors
    UNION ALL
    SELECT * REPLACE ('territory' AS uai) FROM visitors
),

people AS (
    -- who visits the portals of two schools is one visitor of the territory
    SELECT
        uai,
        period,
        person_key,
        UNNEST([
            {'breakdown': 'profile', 'category': profile},
            {'breakdown': IF(profile = 'student', 'all', NULL), 'category': 'all'}
        ], recursive := TRUE),
        SUM(visits) AS visits
    FROM everywhere
    GROUP BY uai, period, person_key, profile
)

SELECT
    uai,
    period,
    breakdown,
    category,
    'estimated' AS evidence,
    COUNT(*) AS n,
    SUM(visits) AS numerator,
    COUNT(*) AS denominator,
    population_of(person_key) AS population,
    largest_part(visits) AS largest
FROM people
WHERE breakdown IS NOT NULL
GROUP BY ALL
