/*
title          = "Days without school with any use"
why_it_matters = "Does it serve on Wednesdays, at weekends, in the holidays?"
population     = "days without school of pupils who hold an individual tablet"
unit           = "share"
statistic      = "share"
shown_by       = ["all"]
*/
SELECT
    uai,
    period,
    breakdown,
    category,
    evidence,
    COUNT(DISTINCT person_key) AS n,
    SUM(days_off_used) AS numerator,
    SUM(days_off) AS denominator
FROM marts.pupil_period
WHERE days_off > 0 AND breakdown = 'all'
GROUP BY ALL
