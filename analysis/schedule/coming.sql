-- The periods that end on $today or later, of schools and of the territory, with the day after their last one: then they are due.
SELECT
    periods.uai = 'territory' AS is_whole,
    periods.kind,
    periods.period,
    MAX(periods.to_date) + 1 AS due_on
FROM published.periods AS periods
WHERE periods.to_date >= CAST($today AS DATE)
GROUP BY ALL
ORDER BY due_on, periods.period
