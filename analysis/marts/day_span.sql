/*
title = "Use, overlapping apps counted once: per device, and per pupil over all devices held"
grain = "one stretch of use of one device or one pupil on one local day, per evidence class"
month = "local_date"
needs = ["app_span"]

[columns]
holder = "whose time it is: device or person"
holder_key = "the device or the person, as a keyed pseudonym"
*/
WITH spans AS (
    SELECT 'device' AS holder, device_key AS holder_key, evidence, uai, local_date, started_at, ended_at
    FROM marts.app_span
    WHERE local_date BETWEEN getvariable('month_start') AND getvariable('month_end')
    UNION ALL
    SELECT 'person' AS holder, person_key AS holder_key, evidence, uai, local_date, started_at, ended_at
    FROM marts.app_span
    WHERE
        local_date BETWEEN getvariable('month_start') AND getvariable('month_end')
        AND person_key IS NOT NULL AND kind = 'individual'
),

islands AS (
    SELECT
        *,
        started_at > MAX(ended_at) OVER (
            PARTITION BY holder, holder_key, evidence, uai, local_date ORDER BY started_at, ended_at
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS is_apart
    FROM spans
),

numbered AS (
    SELECT
        *,
        COUNT(*) FILTER (WHERE is_apart) OVER (
            PARTITION BY holder, holder_key, evidence, uai, local_date ORDER BY started_at, ended_at ROWS UNBOUNDED PRECEDING
        ) AS island
    FROM islands
),

stretches AS (
    SELECT
        holder,
        holder_key,
        evidence,
        uai,
        local_date,
        MIN(started_at) AS started_at,
        MAX(ended_at) AS ended_at
    FROM numbered
    GROUP BY holder, holder_key, evidence, uai, local_date, island
)

SELECT
    s.holder,
    s.holder_key,
    s.evidence,
    s.uai,
    s.local_date,
    s.started_at,
    s.ended_at,
    -- durations are differences of instants in UTC: a clock change neither adds nor removes an hour
    epoch_us(s.ended_at - s.started_at) / 1e6 AS seconds,
    -- LEAST and GREATEST pass over NULL: without the filter, use out of hours would count whole
    COALESCE(
        SUM(epoch_us(LEAST(s.ended_at, b.ends_at) - GREATEST(s.started_at, b.starts_at)) / 1e6)
            FILTER (WHERE b.starts_at IS NOT NULL),
        0
    ) AS in_school_seconds
FROM stretches AS s
LEFT JOIN marts.bell AS b
    ON s.uai = b.uai AND s.local_date = b.local_date AND s.started_at < b.ends_at AND s.ended_at > b.starts_at
GROUP BY ALL
