/*
title = "Visits and estimated minutes per day, for each length of silence that may end a visit"
grain = "one person on one local day with a visit, per gap"
month = "local_date"
needs = ["portal_visit", "portal_person", "enrolment", "school_zone"]
neighbours = ["portal_visit"]
*/
WITH placed AS (
    SELECT
        v.gap_minutes,
        v.person_key,
        p.profile,
        COALESCE(e.uai, p.portal_uai) AS uai,
        COALESCE(z.timezone, getvariable('timezone')) AS timezone,
        v.started_at,
        v.ended_at
    FROM marts.portal_visit AS v
    LEFT JOIN marts.portal_person AS p
        ON v.person_key = p.person_key AND p.month_start = CAST(getvariable('month_start') AS DATE)
    LEFT JOIN marts.enrolment AS e
        ON v.person_key = e.person_key AND CAST(v.started_at AS DATE) BETWEEN e.from_date AND e.to_date
    LEFT JOIN marts.school_zone AS z ON COALESCE(e.uai, p.portal_uai) = z.uai
    WHERE
        v.ended_at >= getvariable('month_start') - INTERVAL 1 DAY
        AND v.started_at < getvariable('month_end') + INTERVAL 2 DAY
),

days AS (
    SELECT
        *,
        CAST(UNNEST(GENERATE_SERIES(
            CAST(timezone(timezone, started_at) AS DATE), CAST(timezone(timezone, ended_at) AS DATE), INTERVAL 1 DAY
        )) AS DATE) AS local_date
    FROM placed
)

SELECT
    gap_minutes,
    uai,
    person_key,
    COALESCE(profile, 'unknown') AS profile,
    local_date,
    -- a visit over midnight counts on the day on which it starts; its minutes count where they fall
    COUNT(*) FILTER (WHERE CAST(timezone(timezone, started_at) AS DATE) = local_date) AS visits,
    SUM(epoch_us(
        LEAST(ended_at, timezone(timezone, CAST(local_date + 1 AS TIMESTAMP)))
        - GREATEST(started_at, timezone(timezone, CAST(local_date AS TIMESTAMP)))
    )) / 60e6 AS minutes
FROM days
WHERE local_date BETWEEN getvariable('month_start') AND getvariable('month_end')
GROUP BY ALL
