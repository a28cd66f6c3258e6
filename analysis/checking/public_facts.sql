/*
title = "What is publicly known and may stand in a report as a number: classes and trolleys of schools, their index, days of school, what a protocol fixed"
grain = "one fact of one place in one period"
*/
WITH facts AS (
    SELECT uai, period, name, UNNEST([
        {'kind': 'classes', 'amount': CAST(classes AS DOUBLE)},
        {'kind': 'tablets', 'amount': CAST(shared_devices AS DOUBLE)},
        {'kind': 'number', 'amount': ips}
    ], recursive := TRUE)
    FROM published.schools
    UNION ALL
    SELECT p.uai, p.period, s.name, 'days' AS kind, CAST(p.school_days AS DOUBLE) AS amount
    FROM published.periods AS p
    JOIN published.schools AS s ON p.uai = s.uai AND p.period = s.period
    UNION ALL
    -- what somebody laid down before any result is no finding
    SELECT s.uai, s.period, s.name, 'number' AS kind, o.smallest AS amount
    FROM published.protocol AS o
    JOIN published.schools AS s ON s.uai = 'territory'
)

SELECT uai, period, name, kind, amount
FROM facts
WHERE amount IS NOT NULL
ORDER BY ALL
