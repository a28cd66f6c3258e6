-- The periods of each school, and of the territory, that have ended before $today, and the last day of each.
SELECT
    periods.uai,
    periods.period,
    periods.kind,
    periods.to_date
FROM published.periods AS periods
INNER JOIN published.schools AS schools ON periods.uai = schools.uai AND periods.period = schools.period
WHERE
    periods.to_date < CAST($today AS DATE)
    -- a period is closed for the territory when it is for every school
    AND (
        periods.uai != 'territory'
        OR NOT EXISTS(
            SELECT 1 FROM published.periods AS others
            WHERE others.period = periods.period AND others.to_date >= CAST($today AS DATE)
        )
    )
    AND EXISTS(SELECT 1 FROM published.values AS figures WHERE figures.uai = periods.uai AND figures.period = periods.period)
ORDER BY periods.to_date, periods.period, periods.uai
