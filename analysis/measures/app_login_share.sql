/*
title          = "Log-ins through the mobile app"
why_it_matters = "A family without a computer may still come."
population     = "log-ins whose way (web or app) the portal tells"
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
    COALESCE(SUM(events) FILTER (WHERE channel = 'app'), 0) AS numerator,
    SUM(events) AS denominator
FROM marts.portal_deed_period
WHERE event_type = 'LOGIN' AND channel IS NOT NULL
GROUP BY ALL
