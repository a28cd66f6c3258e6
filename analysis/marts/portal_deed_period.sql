/*
title = "Log-ins, openings and creations of each person in each period"
grain = "one kind of event in one part of the portal, of one person in one period, in each place"
needs = ["portal_deed"]
*/
WITH schools AS (
    SELECT
        d.uai,
        p.period,
        d.profile,
        d.person_key,
        d.event_type,
        d.module,
        d.channel,
        SUM(d.events) AS events
    FROM marts.portal_deed AS d
    JOIN marts.period AS p ON d.uai = p.uai AND d.local_date BETWEEN p.from_date AND p.to_date
    GROUP BY ALL
)

SELECT * FROM schools
UNION ALL
SELECT * REPLACE ('territory' AS uai) FROM schools
