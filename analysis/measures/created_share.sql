/*
title          = "What is created among what is opened or created"
why_it_matters = "Consulting and producing are two uses of a portal."
population     = "openings and creations of visitors; portals that write no such events give nothing"
unit           = "share"
statistic      = "share"
counts         = "users"
shown_by       = ["all", "profile"]
*/
SELECT
    uai,
    period,
    breakdown,
    category,
    'estimated' AS evidence,
    COUNT(DISTINCT person_key) AS n,
    COALESCE(SUM(events) FILTER (WHERE event_type = 'CREATE'), 0) AS numerator,
    SUM(events) AS denominator
FROM marts.portal_deed_period
WHERE event_type IN ('ACCESS', 'CREATE')
GROUP BY ALL
