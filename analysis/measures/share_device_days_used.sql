/*
title          = "Days on which a shared tablet serves"
why_it_matters = "A trolley may stand locked in a cupboard."
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
    SUM(d.days_used) AS numerator,
    SUM(d.days) AS denominator,
    ANY_VALUE(s.population) AS population
FROM marts.device_period AS d
LEFT JOIN marts.sharing_pupils AS s USING (uai, period)
WHERE d.kind = 'shared' AND d.evidence IN ('foreground', 'active', 'network')
GROUP BY ALL
