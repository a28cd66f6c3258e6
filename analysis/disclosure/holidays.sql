/*
title = "Spans without school, for shading; those of the territory are the days that all its schools share"
grain = "one span of one school, or of the territory, in one period"

[columns]
name = "name of the holiday"
*/
WITH spans AS (
    SELECT
        h.uai,
        p.period,
        h.name,
        GREATEST(h.from_date, p.from_date) AS from_date,
        LEAST(h.to_date, p.to_date) AS to_date
    FROM marts.holiday AS h
    JOIN marts.period AS p ON h.uai = p.uai AND h.from_date <= p.to_date AND h.to_date >= p.from_date
),

days AS (
    SELECT uai, period, name, CAST(UNNEST(GENERATE_SERIES(from_date, to_date, INTERVAL 1 DAY)) AS DATE) AS day
    FROM spans
),

shared AS (
    -- days in a row keep the same distance from their rank
    SELECT
        d.period,
        d.name,
        d.day,
        d.day - CAST(ROW_NUMBER() OVER (PARTITION BY d.period, d.name ORDER BY d.day) AS INTEGER) AS run
    FROM days AS d
    GROUP BY d.period, d.name, d.day
    HAVING COUNT(DISTINCT d.uai) = (SELECT COUNT(DISTINCT p.uai) FROM marts.period AS p WHERE p.period = d.period)
)

SELECT * FROM spans
UNION ALL
SELECT
    'territory' AS uai,
    period,
    name,
    MIN(day) AS from_date,
    MAX(day) AS to_date
FROM shared
GROUP BY period, name, run
ORDER BY ALL
