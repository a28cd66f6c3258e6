/*
title = "What people do on the portal, day by day: log-ins and their way, what is opened, what is created"
grain = "one kind of event in one part of the portal, of one person on one local day"
month = "local_date"
needs = ["portal_event", "portal_day", "school_zone"]
neighbours = ["portal_event"]
*/
WITH zones AS (
    SELECT DISTINCT timezone FROM marts.school_zone
    UNION
    SELECT getvariable('timezone') AS timezone
),

dated AS (
    SELECT
        e.person_key,
        e.event_type,
        e.module,
        e.channel,
        z.timezone,
        CAST(timezone(z.timezone, e.happened_at) AS DATE) AS local_date
    FROM marts.portal_event AS e
    CROSS JOIN zones AS z
    WHERE
        e.event_type IN ('LOGIN', 'ACCESS', 'CREATE')
        AND e.happened_at >= getvariable('month_start') - INTERVAL 1 DAY
        AND e.happened_at < getvariable('month_end') + INTERVAL 2 DAY
),

placed AS (
    SELECT d.*, COALESCE(z.timezone, getvariable('timezone')) AS timezone
    FROM marts.portal_day AS d
    LEFT JOIN marts.school_zone AS z USING (uai)
    WHERE d.local_date BETWEEN getvariable('month_start') AND getvariable('month_end')
)

SELECT
    p.uai,
    p.person_key,
    p.profile,
    p.local_date,
    d.event_type,
    d.module,
    d.channel,
    COUNT(*) AS events
FROM dated AS d
JOIN placed AS p USING (person_key, local_date, timezone)
GROUP BY ALL
