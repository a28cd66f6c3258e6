/*
title          = "Minutes outside the hours of class per pupil and school day, where the tablet may go home"
why_it_matters = "Whether school work goes on at home."
population     = "school days of pupils who may take their individual tablet home on that day, days without use included; only where the hour is known"
unit           = "minutes"
statistic      = "mean"
shown_by       = ["all"]
*/
SELECT
    w.place AS uai,
    p.period,
    'all' AS breakdown,
    'all' AS category,
    d.evidence,
    COUNT(DISTINCT d.person_key) AS n,
    SUM(d.home_seconds) / 60 AS numerator,
    COUNT(*) AS denominator
FROM marts.home_day AS d
JOIN marts.period AS p ON d.uai = p.uai AND d.local_date BETWEEN p.from_date AND p.to_date
JOIN marts.place AS w ON d.uai = w.uai AND p.period = w.period AND d.evidence = w.evidence AND w.kind = 'individual'
WHERE d.is_school_day AND d.home_seconds IS NOT NULL
GROUP BY ALL
