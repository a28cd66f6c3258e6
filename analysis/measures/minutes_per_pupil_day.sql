/*
title          = "Minutes per pupil and school day"
why_it_matters = "The one number that a council asks for: days without use count, so it cannot flatter."
population     = "school days of pupils who hold an individual tablet, days without use included"
unit           = "minutes"
interval       = "95 %, t on class totals (on school totals for the territory): ratio of sums, classes as clusters"
statistic      = "mean"
shown_by       = ["all", "level", "week", "weekday"]
*/
WITH clusters AS (
    SELECT
        uai,
        period,
        breakdown,
        category,
        evidence,
        cluster_key,
        SUM(seconds) / 60 AS minutes,
        SUM(days) AS days
    FROM marts.pupil_period
    WHERE days > 0
    GROUP BY ALL
),

ratios AS (
    SELECT
        *,
        SUM(minutes) OVER whole / SUM(days) OVER whole AS ratio,
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
        SQRT(SUM(POWER(minutes - ratio * days, 2)) * ANY_VALUE(cluster_count) / NULLIF(ANY_VALUE(cluster_count) - 1, 0))
        / SUM(days) AS standard_error
    FROM ratios
    GROUP BY ALL
),

people AS (
    SELECT
        uai,
        period,
        breakdown,
        category,
        evidence,
        COUNT(DISTINCT person_key) AS n,
        SUM(seconds) / 60 AS numerator,
        SUM(days) AS denominator
    FROM marts.pupil_period
    WHERE days > 0
    GROUP BY ALL
)

SELECT
    p.*,
    -- one class alone has no interval (GREATEST would pass over its NULL)
    IF(e.cluster_count > 1, GREATEST(0, e.ratio - t.quantile * e.standard_error), NULL) AS low,
    e.ratio + t.quantile * e.standard_error AS high
FROM people AS p
JOIN errors AS e USING (uai, period, breakdown, category, evidence)
LEFT JOIN marts.t_quantile AS t ON t.degrees = e.cluster_count - 1
