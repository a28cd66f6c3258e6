/*
title = "Every held device on every day: seen or not, and how long it was used"
grain = "one device on one local day in one school"
month = "local_date"
needs = ["device_month", "device_seen", "day_span", "holding"]

[columns]
class_key = "the pupil's class, as a keyed pseudonym; empty for a trolley, which several may share"
total_seconds = "the part of `seconds` of which the hours are not known"
*/
WITH held AS (
    SELECT
        h.device_key,
        h.uai,
        h.kind,
        h.person_key,
        -- a trolley is one device whatever the number of classes that share it
        IF(h.kind = 'shared', NULL, h.class_key) AS class_key,
        h.level,
        d.local_date,
        d.is_school_day,
        m.evidence,
        m.is_timed
    FROM marts.holding AS h
    JOIN marts.school_day AS d ON h.uai = d.uai AND d.local_date BETWEEN h.from_date AND h.to_date
    LEFT JOIN marts.device_month AS m
        ON h.device_key = m.device_key AND m.month_start = CAST(getvariable('month_start') AS DATE)
    WHERE d.local_date BETWEEN getvariable('month_start') AND getvariable('month_end')
    GROUP BY ALL
),

seen AS (
    SELECT DISTINCT device_key, local_date
    FROM marts.device_seen
    WHERE local_date BETWEEN getvariable('month_start') AND getvariable('month_end')
),

measured AS (
    SELECT holder_key AS device_key, uai, local_date, evidence, SUM(microseconds(seconds)) / 1e6 AS seconds
    FROM marts.day_span
    WHERE holder = 'device' AND local_date BETWEEN getvariable('month_start') AND getvariable('month_end')
    GROUP BY ALL
),

asked AS (
    -- the minutes in which a device asked for a site for teaching; two requests of a minute, or two copies of a log, are one minute
    SELECT
        n.device_key,
        CAST(timezone(h.timezone, n.minute_at) AS DATE) AS local_date,
        60 * COUNT(DISTINCT n.minute_at) AS seconds
    FROM lake.network_minutes AS n
    JOIN (SELECT z.device_key, MIN(z.timezone) AS timezone FROM marts.holding AS z GROUP BY z.device_key) AS h USING (device_key)
    WHERE
        n.site IS NOT NULL
        AND n.minute_at >= getvariable('month_start') - INTERVAL 1 DAY
        AND n.minute_at < getvariable('month_end') + INTERVAL 2 DAY
    GROUP BY ALL
),

app_totals AS (
    -- an export made during the day is followed by one that knows more: the same day in two files is never added up
    SELECT source, device_key, local_date, evidence, app_id, MAX(seconds) AS seconds
    FROM lake.use_totals
    WHERE local_date BETWEEN getvariable('month_start') AND getvariable('month_end')
    GROUP BY ALL
),

source_totals AS (
    -- one app is in front at a time, so the apps of a day add up to it; on two screens, or side by side, to more: never to more than the day
    SELECT source, device_key, local_date, evidence, LEAST(SUM(microseconds(seconds)) / 1e6, 90000) AS seconds
    FROM app_totals
    GROUP BY ALL
),

totalled AS (
    SELECT device_key, local_date, evidence, MAX(seconds) AS seconds
    FROM source_totals
    GROUP BY ALL
)

SELECT
    h.*,
    s.device_key IS NOT NULL AS is_seen,
    CASE
        WHEN h.evidence IN ('foreground', 'active') THEN COALESCE(m.seconds, t.seconds, 0)
        WHEN h.evidence = 'network' THEN COALESCE(a.seconds, 0)
    END AS seconds,
    -- the part of them of which the hours are not known
    IF(m.seconds IS NULL, COALESCE(t.seconds, 0), 0) AS total_seconds
FROM held AS h
LEFT JOIN seen AS s ON h.device_key = s.device_key AND h.local_date = s.local_date
LEFT JOIN measured AS m
    ON h.device_key = m.device_key AND h.uai = m.uai AND h.local_date = m.local_date AND h.evidence = m.evidence
LEFT JOIN asked AS a ON h.device_key = a.device_key AND h.local_date = a.local_date
LEFT JOIN totalled AS t ON h.device_key = t.device_key AND h.local_date = t.local_date AND h.evidence = t.evidence
