/*
title = "The pupils' tablets of a school are heard of on too few days for figures, and were not earlier in the school year"
grain = "one school"
*/
WITH too_little AS (
    -- a figure that gives way to "données insuffisantes" says so even where the share itself is withheld
    SELECT DISTINCT uai, period, evidence
    FROM published."values"
    WHERE
        breakdown = 'all'
        AND reason = 'coverage'
        AND category <> 'shared'
        AND measure NOT IN ('minutes_per_device_day', 'share_device_days_used')
),

enough AS (
    SELECT DISTINCT uai, period, evidence
    FROM published."values"
    WHERE breakdown = 'all' AND measure = 'share_pupil_days_used' AND shown
),

heard AS (
    SELECT
        m.*,
        s.individual_devices > 0 AND s.device_evidence IS NULL AS is_without_sign,
        t.uai IS NOT NULL OR COALESCE(v.shown AND v.value < getvariable('coverage_floor'), FALSE) AS is_under,
        e.uai IS NOT NULL OR COALESCE(v.shown AND v.value >= getvariable('coverage_floor'), FALSE) AS is_over,
        v.value,
        v.reason AS bound
    FROM month AS m
    JOIN published.schools AS s ON m.uai = s.uai AND m.period = s.period
    LEFT JOIN published."values" AS v
        ON m.uai = v.uai AND m.period = v.period AND s.device_evidence = v.evidence AND v.measure = 'coverage' AND v.breakdown = 'all'
    LEFT JOIN too_little AS t ON m.uai = t.uai AND m.period = t.period AND s.device_evidence = t.evidence
    LEFT JOIN enough AS e ON m.uai = e.uai AND m.period = e.period AND s.device_evidence = e.evidence
),

good AS (
    SELECT *
    FROM heard
    WHERE is_over AND NOT is_under
)

SELECT
    h.uai,
    h.name,
    h.period,
    'coverage' AS measure,
    'all' AS breakdown,
    'all' AS category,
    -- where the share is withheld, the floor is all that may be told of it
    IF(h.is_without_sign, NULL, COALESCE(h.value, getvariable('coverage_floor'))) AS value,
    IF(h.value IS NULL AND NOT h.is_without_sign, 'at_most', h.bound) AS bound,
    g.period AS before_period,
    COALESCE(g.value, getvariable('coverage_floor')) AS before_value,
    IF(g.value IS NULL, 'at_least', g.bound) AS before_bound
FROM heard AS h
JOIN good AS g ON h.uai = g.uai AND h.school_year = g.school_year AND g.period < h.period
WHERE h.is_news AND (h.is_under OR h.is_without_sign)
QUALIFY ROW_NUMBER() OVER (PARTITION BY h.uai ORDER BY g.period DESC) = 1
