/*
title = "What arrived: files and rows by format, and the days that its logs speak of"
grain = "one source"

[columns]
files = "number of raw files"
rows_set_aside = "rows that a check set aside"
*/
WITH logged AS (
    SELECT source, CAST(happened_at AS DATE) AS day FROM lake.device_events
    UNION ALL
    SELECT source, local_date AS day FROM lake.use_totals
    UNION ALL
    SELECT source, CAST(seen_at AS DATE) AS day FROM lake.sightings
    UNION ALL
    SELECT source, CAST(minute_at AS DATE) AS day FROM lake.network_minutes
    UNION ALL
    SELECT source, CAST(happened_at AS DATE) AS day FROM lake.portal_events
    UNION ALL
    SELECT source, "date" AS day FROM lake.portal_counts
    UNION ALL
    SELECT source, CAST(reported_at AS DATE) AS day FROM lake.portal_sessions
),

days AS (
    -- what a wrong clock dates before the data is not when they began
    SELECT source, MIN(day) AS first_day, MAX(day) AS last_day
    FROM logged
    WHERE day >= (SELECT MIN(d.local_date) FROM marts.school_day AS d)
    GROUP BY source
)

SELECT
    f.source,
    s.title,
    s.titre,
    COUNT(*) AS files,
    CAST(SUM(f.rows_read) AS BIGINT) AS rows_read,
    CAST(SUM(f.rows_loaded) AS BIGINT) AS rows_loaded,
    CAST(SUM(f.rows_quarantined) AS BIGINT) AS rows_set_aside,
    CAST(SUM(f.rows_duplicate) AS BIGINT) AS rows_duplicate,
    ANY_VALUE(d.first_day) AS first_day,
    ANY_VALUE(d.last_day) AS last_day
FROM lake.files AS f
JOIN lake.sources AS s USING (source)
LEFT JOIN days AS d USING (source)
GROUP BY f.source, s.title, s.titre
ORDER BY ALL
