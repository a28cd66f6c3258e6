/*
title = "Apps in front (and devices unlocked, without an app), cut at local midnight and given to whoever held the device that day"
grain = "one stay of one app on one local day, per evidence class"
month = "local_date"
needs = ["use_interval", "holding"]

[columns]
started_at = "instant of its start, UTC; a stay is cut at local midnight"
*/
WITH days AS (
    SELECT
        i.device_key,
        i.evidence,
        i.app_id,
        i.started_at,
        i.ended_at,
        h.uai,
        h.person_key,
        h.kind,
        h.timezone,
        h.from_date,
        h.to_date,
        CAST(UNNEST(GENERATE_SERIES(
            CAST(timezone(h.timezone, i.started_at) AS DATE),
            CAST(timezone(h.timezone, i.ended_at) AS DATE),
            INTERVAL 1 DAY
        )) AS DATE) AS local_date
    FROM marts.use_interval AS i
    JOIN marts.holding AS h USING (device_key)
    WHERE
        i.ended_at > getvariable('month_start') - INTERVAL 1 DAY
        AND i.started_at < getvariable('month_end') + INTERVAL 2 DAY
)

-- DISTINCT: a trolley shared by three classes of a school is held three times but used once
SELECT DISTINCT
    device_key,
    evidence,
    app_id,
    uai,
    person_key,
    kind,
    local_date,
    GREATEST(started_at, timezone(timezone, CAST(local_date AS TIMESTAMP))) AS started_at,
    LEAST(ended_at, timezone(timezone, CAST(local_date + 1 AS TIMESTAMP))) AS ended_at
FROM days
WHERE
    local_date BETWEEN from_date AND to_date
    AND local_date BETWEEN getvariable('month_start') AND getvariable('month_end')
    AND LEAST(ended_at, timezone(timezone, CAST(local_date + 1 AS TIMESTAMP)))
    > GREATEST(started_at, timezone(timezone, CAST(local_date AS TIMESTAMP)))
