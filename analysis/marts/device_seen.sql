/*
title = "Days on which a device gave any sign, and how much that sign tells"
grain = "one device on one local day, per evidence class"
month = "local_date"
needs = ["holding"]

[columns]
evidence = "how much the sign tells: foreground, active, estimated, network, or checkin"
*/
WITH device_zone AS (
    SELECT device_key, MIN(timezone) AS timezone
    FROM marts.holding
    GROUP BY device_key
),

signs AS (
    -- every event that a device writes is also a sighting of it
    SELECT e.device_key, CAST(timezone(z.timezone, e.happened_at) AS DATE) AS local_date, e.evidence, TRUE AS is_timed
    FROM lake.device_events AS e
    JOIN device_zone AS z USING (device_key)
    WHERE
        e.happened_at >= getvariable('month_start') - INTERVAL 1 DAY
        AND e.happened_at < getvariable('month_end') + INTERVAL 2 DAY
    UNION ALL
    SELECT t.device_key, t.local_date, t.evidence, FALSE AS is_timed
    FROM lake.use_totals AS t
    SEMI JOIN device_zone USING (device_key)
    WHERE t.local_date BETWEEN getvariable('month_start') AND getvariable('month_end')
    UNION ALL
    -- whatever a device asks for is a sign of it; the hours of class are not told apart in traffic
    SELECT n.device_key, CAST(timezone(z.timezone, n.minute_at) AS DATE) AS local_date, n.evidence, FALSE AS is_timed
    FROM lake.network_minutes AS n
    JOIN device_zone AS z USING (device_key)
    WHERE
        n.minute_at >= getvariable('month_start') - INTERVAL 1 DAY
        AND n.minute_at < getvariable('month_end') + INTERVAL 2 DAY
    UNION ALL
    SELECT s.device_key, CAST(timezone(z.timezone, s.seen_at) AS DATE) AS local_date, s.evidence, FALSE AS is_timed
    FROM lake.sightings AS s
    JOIN device_zone AS z USING (device_key)
    WHERE
        s.seen_at >= getvariable('month_start') - INTERVAL 1 DAY
        AND s.seen_at < getvariable('month_end') + INTERVAL 2 DAY
)

SELECT
    device_key,
    local_date,
    evidence,
    -- whether it tells the hours too
    BOOL_OR(is_timed) AS is_timed
FROM signs
WHERE local_date BETWEEN getvariable('month_start') AND getvariable('month_end')
GROUP BY device_key, local_date, evidence
