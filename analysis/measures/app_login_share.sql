/*
title          = "Log-ins through the mobile app"
why_it_matters = "A family without a computer may still come."
population     = "log-ins whose way (web or app) the portal tells"
unit           = "share"
statistic      = "share"
counts         = "users"
shown_by       = ["all", "profile"]
adds           = ["pupils", "all days"]
*/
WITH people AS (
    SELECT
        uai,
        period,
        breakdown,
        category,
        person_key,
        COALESCE(SUM(events) FILTER (WHERE channel = 'app'), 0) AS app_events,
        SUM(events) AS events
    FROM marts.portal_deed_period
    WHERE event_type = 'LOGIN' AND channel IS NOT NULL
    GROUP BY ALL
)

SELECT
    uai,
    period,
    breakdown,
    category,
    'estimated' AS evidence,
    COUNT(*) AS n,
    SUM(app_events) AS numerator,
    SUM(events) AS denominator,
    population_of(person_key) AS population,
    GREATEST(largest_part(app_events), largest_part(events)) AS largest
FROM people
GROUP BY ALL
