/*
title = "Use, overlapping apps counted once: per device, and per pupil over all devices held"
grain = "one stretch of use of one device or one pupil on one local day, per evidence class"
month = "local_date"
needs = ["app_span"]

[columns]
holder = "whose time it is: device or person"
holder_key = "the device or the person, as a keyed pseudonym"
*/
-- Numbers stand for keys and instants until the last step: sorting and comparing millions of texts is what would take the time.
WITH hands AS (
    -- a device in the hands of one person, or of nobody known
    SELECT
        *,
        CAST(ROW_NUMBER() OVER () AS INTEGER) AS hand,
        DENSE_RANK() OVER (ORDER BY device_key, evidence, uai) AS device_side,
        IF(kind = 'individual' AND person_key IS NOT NULL, -DENSE_RANK() OVER (ORDER BY person_key, evidence, uai), NULL) AS person_side
    FROM (SELECT DISTINCT device_key, person_key, kind, evidence, uai FROM marts.app_span) AS held
),

sides AS (
    SELECT DISTINCT device_side AS side, 'device' AS holder, device_key AS holder_key, evidence, uai
    FROM hands
    UNION ALL
    SELECT DISTINCT person_side AS side, 'person' AS holder, person_key AS holder_key, evidence, uai
    FROM hands
    WHERE person_side IS NOT NULL
),

spans AS (
    SELECT
        h.hand,
        s.local_date,
        epoch_us(s.started_at) AS started_at,
        epoch_us(s.ended_at) AS ended_at
    FROM marts.app_span AS s
    JOIN hands AS h
        ON
            s.device_key = h.device_key
            AND s.person_key IS NOT DISTINCT FROM h.person_key
            AND s.kind = h.kind
            AND s.evidence = h.evidence
            AND s.uai = h.uai
    WHERE s.local_date BETWEEN getvariable('month_start') AND getvariable('month_end')
),

reached AS (
    SELECT
        *,
        MAX(ended_at) OVER (
            PARTITION BY hand, local_date ORDER BY started_at, ended_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS reach,
        MAX(ended_at) OVER (PARTITION BY hand, local_date) AS last_reach
    FROM spans
),

bouts AS (
    SELECT
        hand,
        local_date,
        started_at,
        COALESCE(LEAD(reach) OVER (PARTITION BY hand, local_date ORDER BY started_at), last_reach) AS ended_at
    FROM reached
    WHERE COALESCE(started_at > reach, TRUE)
),

sided AS (
    SELECT h.device_side AS side, b.local_date, b.started_at, b.ended_at
    FROM bouts AS b
    JOIN hands AS h USING (hand)
    UNION ALL
    SELECT h.person_side AS side, b.local_date, b.started_at, b.ended_at
    FROM bouts AS b
    JOIN hands AS h USING (hand)
    WHERE h.person_side IS NOT NULL
),

side_reached AS (
    -- a device may pass through several hands in a day, and a pupil may hold several devices
    SELECT
        *,
        MAX(ended_at) OVER (
            PARTITION BY side, local_date ORDER BY started_at, ended_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS reach,
        MAX(ended_at) OVER (PARTITION BY side, local_date) AS last_reach
    FROM sided
),

stretches AS (
    SELECT
        side,
        local_date,
        started_at,
        COALESCE(LEAD(reach) OVER (PARTITION BY side, local_date ORDER BY started_at), last_reach) AS ended_at
    FROM side_reached
    WHERE COALESCE(started_at > reach, TRUE)
),

bells AS (
    SELECT uai, local_date, LIST(STRUCT_PACK(starts_at := epoch_us(starts_at), ends_at := epoch_us(ends_at))) AS hours
    FROM marts.bell
    GROUP BY uai, local_date
)

SELECT
    s.holder,
    s.holder_key,
    s.evidence,
    s.uai,
    t.local_date,
    make_timestamptz(t.started_at) AS started_at,
    make_timestamptz(t.ended_at) AS ended_at,
    -- durations are differences of instants in UTC: a clock change neither adds nor removes an hour
    (t.ended_at - t.started_at) / 1e6 AS seconds,
    COALESCE(LIST_SUM(LIST_TRANSFORM(
        b.hours,
        LAMBDA hour : GREATEST(LEAST(t.ended_at, hour['ends_at']) - GREATEST(t.started_at, hour['starts_at']), 0)
    )), 0) / 1e6 AS in_school_seconds
FROM stretches AS t
JOIN sides AS s USING (side)
LEFT JOIN bells AS b ON s.uai = b.uai AND t.local_date = b.local_date
