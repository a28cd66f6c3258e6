/*
title          = "Minutes per pupil and school day"
why_it_matters = "The one number that a council asks for: days without use count, so it cannot flatter."
population     = "school days of pupils who hold an individual tablet, days without use included"
unit           = "minutes"
interval       = "95 %, t on class totals (on school totals for the territory): ratio of sums, classes as clusters, on the cube-root scale"
statistic      = "mean"
shown_by       = [
    "all", "level", "cycle", "week", "weekday", "sex", "social_band", "home_internet", "support", "take_home", "rep", "ips",
]
adds           = ["pupils", "days"]
*/
WITH pupils AS (
    SELECT uai, period, breakdown, category, evidence, person_key, cluster_key, seconds, days
    FROM marts.pupil_period
    WHERE days > 0
    UNION ALL
    SELECT p.uai, p.period, c.breakdown, c.category, p.evidence, p.person_key, p.cluster_key, p.seconds, p.days
    FROM marts.pupil_period AS p
    JOIN marts.pupil_cut AS c USING (uai, period, person_key, school_uai)
    -- the level is that of each day, which the rows above have
    WHERE p.days > 0 AND p.breakdown = 'all' AND c.breakdown NOT IN ('all', 'level', 'cycle')
),

clusters AS (
    SELECT
        uai,
        period,
        breakdown,
        category,
        evidence,
        cluster_key,
        SUM(microseconds(seconds)) / 60e6 AS minutes,
        SUM(days) AS days
    FROM pupils
    GROUP BY ALL
),

ratios AS (
    SELECT
        *,
        SUM(microseconds(60 * minutes)) OVER whole / 60e6 / SUM(days) OVER whole AS ratio,
        COUNT(*) OVER whole AS cluster_count
    FROM clusters
    WINDOW whole AS (PARTITION BY uai, period, breakdown, category, evidence)
),

errors AS (
    -- linearised variance of a ratio of cluster totals (Cochran 1977, 6.4 and 11.7)
    SELECT
        uai,
        period,
        breakdown,
        category,
        evidence,
        ANY_VALUE(ratio) AS ratio,
        ANY_VALUE(cluster_count) AS cluster_count,
        -- in one order: a sum of fractions depends on it in its last digit
        SQRT(
            SUM(POWER(minutes - ratio * days, 2) ORDER BY cluster_key) * ANY_VALUE(cluster_count) / NULLIF(ANY_VALUE(cluster_count) - 1, 0)
        )
        / SUM(days) AS standard_error
    FROM ratios
    GROUP BY ALL
),

roots AS (
    -- t on the cube root, where skewed totals are near normal (Wilson and Hilferty 1931): a plain t holds the truth too rarely in schools of
    -- few classes, and may go below 0. One class alone, and no use at all, have no interval.
    SELECT
        uai,
        period,
        breakdown,
        category,
        evidence,
        cluster_count,
        cluster_count - 1 AS degrees,
        CBRT(ratio) AS root,
        standard_error / NULLIF(3 * POWER(CBRT(ratio), 2), 0) AS root_error
    FROM errors
),

people AS (
    SELECT
        uai,
        period,
        breakdown,
        category,
        evidence,
        person_key,
        SUM(microseconds(seconds)) / 1e6 AS seconds,
        SUM(days) AS days
    FROM pupils
    GROUP BY ALL
),

sums AS (
    SELECT
        uai,
        period,
        breakdown,
        category,
        evidence,
        COUNT(*) AS n,
        SUM(microseconds(seconds)) / 60e6 AS numerator,
        SUM(days) AS denominator,
        population_of(person_key) AS population,
        largest_part(seconds) AS largest
    FROM people
    GROUP BY ALL
)

SELECT
    s.*,
    -- GREATEST would pass over a NULL
    IF(r.root_error IS NULL, NULL, POWER(GREATEST(0, r.root - t.quantile * r.root_error), 3)) AS low,
    POWER(r.root + t.quantile * r.root_error, 3) AS high,
    r.cluster_count AS clusters
FROM sums AS s
JOIN roots AS r USING (uai, period, breakdown, category, evidence)
LEFT JOIN marts.t_quantile AS t USING (degrees)
