/*
title = "The periods, their school days, and the days that data speak of"
grain = "one school, or the territory, in one period"

[columns]
kind = "month, trimester, stretch or year"
school_days = "school days of the period that the logs speak of (the most of any school, for the territory)"
data_from = "first day of it that the logs speak of"
data_to = "last day of it that the logs speak of"
*/
WITH schools AS (
    SELECT
        p.uai,
        p.period,
        p.kind,
        p.school_year,
        p.from_date,
        p.to_date,
        COUNT(*) FILTER (WHERE d.is_school_day) AS school_days,
        MIN(d.local_date) AS data_from,
        MAX(d.local_date) AS data_to
    FROM marts.period AS p
    LEFT JOIN marts.school_day AS d ON p.uai = d.uai AND d.local_date BETWEEN p.from_date AND p.to_date
    GROUP BY ALL
)

SELECT * FROM schools
UNION ALL
SELECT
    'territory' AS uai,
    period,
    kind,
    school_year,
    MIN(from_date) AS from_date,
    MAX(to_date) AS to_date,
    MAX(school_days) AS school_days,
    MIN(data_from) AS data_from,
    MAX(data_to) AS data_to
FROM schools
GROUP BY period, kind, school_year
ORDER BY ALL
