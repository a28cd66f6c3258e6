/*
title          = "Minutes per pupil and day without school"
why_it_matters = "Minutes of days without school are kept apart from those of school days."
population     = "days without school of pupils who hold an individual tablet, days without use included"
unit           = "minutes"
statistic      = "mean"
shown_by       = ["all"]
*/
SELECT
    uai,
    period,
    breakdown,
    category,
    evidence,
    COUNT(DISTINCT person_key) AS n,
    SUM(off_seconds) / 60 AS numerator,
    SUM(days_off) AS denominator
FROM marts.pupil_period
WHERE days_off > 0 AND breakdown = 'all'
GROUP BY ALL
