/*
title          = "What is created among what is opened or created"
why_it_matters = "Consulting and producing are two uses of a portal."
population     = "openings and creations of visitors; portals that write no such events give nothing"
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
        COALESCE(SUM(events) FILTER (WHERE event_type = 'CREATE'), 0) AS creations,
        SUM(events) AS events
    FROM marts.portal_deed_period
    WHERE event_type IN ('ACCESS', 'CREATE')
    GROUP BY ALL
)

SELECT
    uai,
    period,
    breakdown,
    category,
    'estimated' AS evidence,
    COUNT(*) AS n,
    SUM(creations) AS numerator,
    SUM(events) AS denominator,
    population_of(person_key) AS population,
    GREATEST(largest_part(creations), largest_part(events)) AS largest
FROM people
GROUP BY ALL
