/*
title          = "Days of declared closure with any use"
why_it_matters = "Lessons are said to go on at home when school is closed."
population     = "days on which the school had declared itself closed, of pupils who may take their individual tablet home on that day"
unit           = "share"
statistic      = "share"
shown_by       = ["all"]
adds           = ["pupils", "days off"]
*/
SELECT
    w.place AS uai,
    p.period,
    'all' AS breakdown,
    'all' AS category,
    d.evidence,
    COUNT(DISTINCT d.person_key) AS n,
    COUNT(*) FILTER (WHERE d.seconds > 0) AS numerator,
    COUNT(*) AS denominator,
    population_of(d.person_key) AS population
FROM marts.home_day AS d
JOIN marts.period AS p ON d.uai = p.uai AND d.local_date BETWEEN p.from_date AND p.to_date
JOIN marts.place AS w ON d.uai = w.uai AND p.period = w.period AND d.evidence = w.evidence AND w.kind = 'individual'
WHERE NOT d.is_school_day
GROUP BY ALL
