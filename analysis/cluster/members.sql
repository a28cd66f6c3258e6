/*
title = "Every device and person that has rows in the logs of these days or stands in a roster, with a school and the number of rows"
*/
WITH placed AS (
    SELECT device_key AS member, uai FROM marts.holding
    UNION ALL
    SELECT person_key AS member, uai FROM marts.enrolment
    UNION ALL
    SELECT person_key AS member, NULL AS uai FROM marts.person_identity
    UNION ALL
    SELECT identifier AS member, NULL AS uai FROM marts.person_identity
),

portal AS (
    SELECT source, person_key, COUNT(*) AS row_count
    FROM lake.portal_events
    WHERE happened_at >= getvariable('month_start') AND happened_at < getvariable('month_end') + INTERVAL 1 DAY
    GROUP BY ALL
    UNION ALL
    SELECT source, person_key, COUNT(*) AS row_count
    FROM lake.portal_sessions
    WHERE reported_at >= getvariable('month_start') AND reported_at < getvariable('month_end') + INTERVAL 1 DAY
    GROUP BY ALL
),

logged AS (
    SELECT device_key AS member, COUNT(*) AS row_count
    FROM lake.device_events
    WHERE happened_at >= getvariable('month_start') AND happened_at < getvariable('month_end') + INTERVAL 1 DAY
    GROUP BY ALL
    UNION ALL
    SELECT device_key AS member, COUNT(*) AS row_count
    FROM lake.network_minutes
    WHERE minute_at >= getvariable('month_start') AND minute_at < getvariable('month_end') + INTERVAL 1 DAY
    GROUP BY ALL
    UNION ALL
    SELECT device_key AS member, COUNT(*) AS row_count
    FROM lake.sightings
    WHERE seen_at >= getvariable('month_start') AND seen_at < getvariable('month_end') + INTERVAL 1 DAY
    GROUP BY ALL
    UNION ALL
    SELECT device_key AS member, COUNT(*) AS row_count
    FROM lake.use_totals
    WHERE local_date BETWEEN getvariable('month_start') AND getvariable('month_end')
    GROUP BY ALL
    UNION ALL
    SELECT person_key AS member, row_count FROM portal
    UNION ALL
    -- what an identifier that a system does not declare is called in the marts of the portal
    SELECT s.person_system || ':' || p.person_key AS member, 0 AS row_count
    FROM portal AS p
    JOIN lake.sources AS s USING (source)
    WHERE s.person_system IS NOT NULL
)

SELECT
    member,
    MIN(uai) AS uai,
    -- one for those of whom there are no logs: they have their days without use
    1 + CAST(SUM(row_count) AS BIGINT) AS weight
FROM (
    SELECT member, uai, 0 AS row_count FROM placed
    UNION ALL
    SELECT member, NULL AS uai, row_count FROM logged
) AS named
WHERE member IS NOT NULL
GROUP BY member
ORDER BY member
