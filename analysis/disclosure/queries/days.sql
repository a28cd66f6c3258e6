-- The days of each period, and whether any school is open on them.
SELECT
    p.period,
    d.local_date,
    BOOL_OR(d.is_school_day) AS is_school_day
FROM marts.period AS p
JOIN marts.school_day AS d ON p.uai = d.uai AND d.local_date BETWEEN p.from_date AND p.to_date
GROUP BY ALL
ORDER BY ALL
