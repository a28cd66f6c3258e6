/*
title = "The shared tablets of a school served on hardly any day of a month, or were hardly heard of"
grain = "one school"
*/
WITH sharing AS (
    -- a trolley of one class shows what one teacher does, and one of two shows each of them the other
    SELECT m.uai, m.period, COUNT(DISTINCT h.class_key) AS classes
    FROM month AS m
    JOIN marts.holding AS h ON m.uai = h.uai AND h.from_date <= m.to_date AND h.to_date >= m.from_date
    WHERE h.kind = 'shared' AND m.is_news
    GROUP BY ALL
),

told AS (
    SELECT m.uai, m.name, m.period, v.measure, v.value, v.reason AS bound
    FROM month AS m
    JOIN sharing AS c USING (uai, period)
    JOIN published.schools AS s ON m.uai = s.uai AND m.period = s.period
    JOIN published."values" AS v ON m.uai = v.uai AND m.period = v.period AND s.shared_evidence = v.evidence
    WHERE
        m.is_news
        AND c.classes >= getvariable('trolley_classes')
        AND v.measure IN ('share_device_days_used', 'coverage_shared')
        AND v.breakdown = 'all'
        AND v.shown
        -- a bound is at least the share itself: small groups, of which only a wide bound may be told, make no alert
        AND v.value <= getvariable('trolley_share')
)

SELECT
    uai,
    name,
    period,
    measure,
    'all' AS breakdown,
    'all' AS category,
    value,
    bound,
    CAST(NULL AS VARCHAR) AS before_period,
    CAST(NULL AS DOUBLE) AS before_value,
    CAST(NULL AS VARCHAR) AS before_bound
FROM told
-- tablets that were hardly heard of: nobody knows how much they served
QUALIFY ROW_NUMBER() OVER (PARTITION BY uai ORDER BY measure) = 1
