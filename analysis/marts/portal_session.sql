/*
title = "Sessions and lengths that platforms tell, each once, under the one key that each person has: an upper bound of the time there, apart from the visits that are rebuilt"
grain = "one session that ended, or one statement with a duration"
month = "reported_at"
needs = ["person_identity"]
like = ["portal_sessions"]
*/
SELECT DISTINCT
    s.source,
    COALESCE(i.person_key, IF(d.is_declared, f.person_system || ':' || s.person_key, s.person_key)) AS person_key,
    s.reported_at,
    s.started_at,
    s.ended_at,
    s.seconds,
    s.ended_by
FROM lake.portal_sessions AS s
JOIN lake.sources AS f ON s.source = f.source
LEFT JOIN marts.person_identity AS i ON f.person_system = i."system" AND s.person_key = i.identifier
LEFT JOIN (SELECT DISTINCT "system", TRUE AS is_declared FROM marts.person_identity) AS d ON f.person_system = d."system"
WHERE
    s.reported_at >= getvariable('month_start')
    AND s.reported_at < getvariable('month_end') + INTERVAL 1 DAY
