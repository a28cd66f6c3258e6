/*
title          = "Coverage of shared tablets: tablet-days seen among those expected"
why_it_matters = "A silent trolley and an unused one look alike; this says how much was heard of at all."
population     = "school days of shared tablets; n counts the pupils of the classes that share them"
unit           = "share"
statistic      = "share"
shown_by       = ["all"]
adds           = ["pupils", "days"]
*/
SELECT
    d.uai,
    d.period,
    d.breakdown,
    d.category,
    d.evidence,
    ANY_VALUE(s.n) AS n,
    SUM(d.days_seen) AS numerator,
    SUM(d.days) AS denominator,
    ANY_VALUE(s.population) AS population
FROM marts.device_period AS d
LEFT JOIN marts.sharing_pupils AS s USING (uai, period)
WHERE d.kind = 'shared'
GROUP BY ALL
