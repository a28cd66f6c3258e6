/*
title = "Pupils' days on the portal, per period and per gap"
grain = "one pupil on one day with a visit, in each period and for each gap"
needs = ["portal_gap_day"]
*/
WITH pupils AS (
    SELECT
        d.uai,
        p.period,
        d.gap_minutes,
        d.person_key,
        d.local_date,
        d.visits,
        d.minutes
    FROM marts.portal_gap_day AS d
    JOIN marts.period AS p ON d.uai = p.uai AND d.local_date BETWEEN p.from_date AND p.to_date
    WHERE d.profile = 'student'
)

SELECT * FROM pupils
UNION ALL
SELECT * REPLACE ('territory' AS uai) FROM pupils
