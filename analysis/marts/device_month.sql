/*
title = "The best evidence that each device gives in a month; a silent device counts with its kin (same system)"
grain = "one device in one month"
month = "month_start"
needs = ["device_seen"]
together = true
*/
WITH best_first AS (
    SELECT ['foreground', 'active', 'estimated', 'network', 'checkin'] AS classes
),

held AS (
    SELECT DISTINCT device_key, COALESCE(os, '') AS os
    FROM marts.holding
    WHERE from_date <= getvariable('month_end') AND to_date >= getvariable('month_start')
),

ranked AS (
    SELECT
        s.device_key,
        LIST_POSITION(b.classes, s.evidence) AS place,
        BOOL_OR(s.is_timed) AS is_timed
    FROM marts.device_seen AS s
    CROSS JOIN best_first AS b
    WHERE s.local_date BETWEEN getvariable('month_start') AND getvariable('month_end')
    GROUP BY s.device_key, place
    QUALIFY place = MIN(place) OVER (PARTITION BY s.device_key)
),

kin AS (
    SELECT h.os, r.place, BOOL_OR(r.is_timed) AS is_timed
    FROM held AS h
    JOIN ranked AS r USING (device_key)
    GROUP BY h.os, r.place
    QUALIFY r.place = MIN(r.place) OVER (PARTITION BY h.os)
)

SELECT
    CAST(getvariable('month_start') AS DATE) AS month_start,
    h.device_key,
    LIST_EXTRACT(b.classes, COALESCE(r.place, k.place)) AS evidence,
    -- whether its logs tell the hours of use, or the length of a day alone
    COALESCE(r.is_timed, k.is_timed, FALSE) AS is_timed
FROM held AS h
CROSS JOIN best_first AS b
LEFT JOIN ranked AS r USING (device_key)
LEFT JOIN kin AS k USING (os)
