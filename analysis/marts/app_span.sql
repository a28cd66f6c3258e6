/*
title = "Apps in front (and devices unlocked, without an app), cut at local midnight and given to whoever held the device that day"
grain = "one stay of one app on one local day, per evidence class"
month = "local_date"
needs = ["use_interval", "holding"]
neighbours = ["use_interval"]

[columns]
started_at = "instant of its start, UTC; a stay is cut at local midnight"
*/
WITH held AS (
    -- DISTINCT: a trolley shared by three classes of a school is held three times but used once
    SELECT DISTINCT
        device_key,
        uai,
        person_key,
        kind,
        timezone,
        CAST(UNNEST(GENERATE_SERIES(
            GREATEST(from_date, getvariable('month_start')),
            LEAST(to_date, getvariable('month_end')),
            INTERVAL 1 DAY
        )) AS DATE) AS local_date
    FROM marts.holding
    WHERE from_date <= getvariable('month_end') AND to_date >= getvariable('month_start')
),

days AS (
    SELECT
        *,
        timezone(timezone, CAST(local_date AS TIMESTAMP)) AS begins_at,
        timezone(timezone, CAST(local_date + 1 AS TIMESTAMP)) AS ends_at
    FROM held
),

dated AS (
    SELECT
        i.*,
        z.timezone,
        CAST(timezone(z.timezone, i.started_at) AS DATE) AS first_date,
        CAST(timezone(z.timezone, i.ended_at) AS DATE) AS last_date
    FROM marts.use_interval AS i
    JOIN (SELECT DISTINCT device_key, timezone FROM held) AS z USING (device_key)
    WHERE
        i.ended_at > getvariable('month_start') - INTERVAL 1 DAY
        AND i.started_at < getvariable('month_end') + INTERVAL 2 DAY
),

dealt AS (
    SELECT *, first_date + CAST(UNNEST(RANGE(last_date - first_date + 1)) AS INTEGER) AS local_date
    FROM dated
)

SELECT
    i.device_key,
    i.evidence,
    i.app_id,
    d.uai,
    d.person_key,
    d.kind,
    d.local_date,
    GREATEST(i.started_at, d.begins_at) AS started_at,
    LEAST(i.ended_at, d.ends_at) AS ended_at
FROM dealt AS i
JOIN days AS d USING (device_key, timezone, local_date)
WHERE LEAST(i.ended_at, d.ends_at) > GREATEST(i.started_at, d.begins_at)
