/*
title          = "Share of minutes within the hours of class"
why_it_matters = "A tablet given for class may live at home, and the other way round."
population     = "minutes of school days of pupils who hold an individual tablet; only where the hour is known"
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
    SUM(in_school_seconds) / 60 AS numerator,
    SUM(seconds) / 60 AS denominator
FROM marts.pupil_period
WHERE days > 0 AND breakdown IN ('all', 'level') AND in_school_seconds IS NOT NULL
GROUP BY ALL
