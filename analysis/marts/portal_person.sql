/*
title = "Who is on the portal: profile and school, from the roster first and from the portal otherwise"
grain = "one person in one month"
month = "month_start"
needs = ["portal_event", "person"]
neighbours = ["portal_event"]

[columns]
portal_uai = "the school that the portal names most often"
*/
SELECT
    CAST(getvariable('month_start') AS DATE) AS month_start,
    e.person_key,
    -- of two that come equally often, the first by name: not the one whose rows happen to be read first
    COALESCE(ANY_VALUE(p.profile), MODE(e.profile ORDER BY e.profile), 'unknown') AS profile,
    MODE(e.uai ORDER BY e.uai) AS portal_uai
FROM marts.portal_event AS e
LEFT JOIN marts.person AS p USING (person_key)
WHERE
    e.happened_at >= getvariable('month_start') - INTERVAL 1 DAY
    AND e.happened_at < getvariable('month_end') + INTERVAL 2 DAY
GROUP BY e.person_key
