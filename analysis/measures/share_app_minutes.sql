/*
title          = "Share of the time in apps, by kind of app"
why_it_matters = "What the tablet is used for."
population     = "time with an app in front on school days of pupils who hold an individual tablet; two apps in front at once each count"
unit           = "share"
statistic      = "share"
shown_by       = ["app_category"]
whole          = ["app_category"]
*/
WITH apps AS (
    SELECT
        s.uai,
        p.period,
        COALESCE(c.category, 'autre') AS category,
        SUM(epoch_us(s.ended_at - s.started_at) / 60e6) AS minutes
    FROM marts.app_span AS s
    JOIN marts.pupil_day AS d
        ON s.person_key = d.person_key AND s.uai = d.uai AND s.local_date = d.local_date AND d.evidence = 'foreground'
    JOIN marts.period AS p ON s.uai = p.uai AND s.local_date BETWEEN p.from_date AND p.to_date
    LEFT JOIN lake.app_catalogue AS c USING (app_id)
    WHERE s.kind = 'individual' AND d.is_school_day
    GROUP BY ALL
),

everywhere AS (
    SELECT
        w.place AS uai,
        a.period,
        a.category,
        SUM(a.minutes) AS minutes
    FROM apps AS a
    JOIN marts.place AS w ON a.uai = w.uai AND a.period = w.period AND w.evidence = 'foreground' AND w.kind = 'individual'
    GROUP BY ALL
),

population AS (
    SELECT
        uai,
        period,
        COUNT(DISTINCT person_key) AS n
    FROM marts.pupil_period
    WHERE breakdown = 'all' AND evidence = 'foreground' AND days > 0
    GROUP BY ALL
)

SELECT
    p.uai,
    p.period,
    'app_category' AS breakdown,
    a.category,
    'foreground' AS evidence,
    p.n,
    a.minutes AS numerator,
    SUM(a.minutes) OVER (PARTITION BY a.uai, a.period) AS denominator
FROM population AS p
JOIN everywhere AS a USING (uai, period)
