/*
title          = "Minutes per shared tablet and school day"
why_it_matters = "A trolley's tablet goes from hand to hand: its minutes are the tablet's, never a pupil's."
population     = "school days of shared tablets, days without use included; n counts the pupils of the classes that share them"
unit           = "minutes"
statistic      = "mean"
shown_by       = ["all"]
*/
SELECT
    d.uai,
    d.period,
    d.breakdown,
    d.category,
    d.evidence,
    ANY_VALUE(s.n) AS n,
    SUM(d.seconds) / 60 AS numerator,
    SUM(d.days) AS denominator
FROM marts.device_period AS d
LEFT JOIN marts.sharing_pupils AS s USING (uai, period)
WHERE d.kind = 'shared' AND d.evidence IN ('foreground', 'active')
GROUP BY ALL
