/*
title          = "Share of the time in apps, by kind of app"
why_it_matters = "What the tablet is used for."
population     = "time with an app in front on school days of pupils who hold an individual tablet; two apps in front at once each count"
unit           = "share"
statistic      = "share"
shown_by       = ["app_category"]
whole          = ["app_category"]
adds           = ["pupils", "days"]
*/
WITH apps AS (
    SELECT
        s.uai,
        p.period,
        COALESCE(c.category, 'autre') AS category,
        s.person_key,
        SUM(epoch_us(s.ended_at - s.started_at)) / 60e6 AS minutes
    FROM marts.app_span AS s
    JOIN marts.pupil_day AS d
        ON s.person_key = d.person_key AND s.uai = d.uai AND s.local_date = d.local_date
        AND s.evidence = d.evidence AND d.evidence = 'foreground'
    JOIN marts.period AS p ON s.uai = p.uai AND s.local_date BETWEEN p.from_date AND p.to_date
    LEFT JOIN lake.app_catalogue AS c USING (app_id)
    WHERE s.kind = 'individual' AND d.is_school_day
    GROUP BY ALL
),

people AS (
    SELECT
        w.place AS uai,
        a.period,
        a.category,
        a.person_key,
        SUM(microseconds(60 * a.minutes)) / 60e6 AS minutes
    FROM apps AS a
    JOIN marts.place AS w ON a.uai = w.uai AND a.period = w.period AND w.evidence = 'foreground' AND w.kind = 'individual'
    GROUP BY ALL
),

users AS (
    SELECT uai, period, person_key, SUM(microseconds(60 * minutes)) / 60e6 AS minutes
    FROM people
    GROUP BY ALL
),

wholes AS (
    SELECT uai, period, SUM(microseconds(60 * minutes)) / 60e6 AS minutes, largest_part(minutes) AS largest
    FROM users
    GROUP BY ALL
),

everyone AS (
    SELECT
        uai,
        period,
        COUNT(DISTINCT person_key) AS n,
        population_of(person_key) AS population
    FROM marts.pupil_period
    WHERE breakdown = 'all' AND evidence = 'foreground' AND days > 0
    GROUP BY ALL
)

SELECT
    p.uai,
    p.period,
    'app_category' AS breakdown,
    p.category,
    'foreground' AS evidence,
    ANY_VALUE(e.n) AS n,
    SUM(microseconds(60 * p.minutes)) / 60e6 AS numerator,
    ANY_VALUE(w.minutes) AS denominator,
    ANY_VALUE(e.population) AS population,
    GREATEST(largest_part(p.minutes), ANY_VALUE(w.largest)) AS largest
FROM people AS p
JOIN everyone AS e USING (uai, period)
JOIN wholes AS w USING (uai, period)
GROUP BY ALL
