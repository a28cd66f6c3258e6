/*
title = "The periods of the territory: from the first day of any school's to the last of any"
grain = "one period"
*/
SELECT
    period,
    MIN(from_date) AS from_date,
    MAX(to_date) AS to_date
FROM marts.period
GROUP BY period
