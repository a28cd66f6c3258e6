/*
title = "What people do on the portal, under the one key that each person has"
grain = "one event of one person"
month = "happened_at"
needs = ["person_identity"]
like = ["portal_events"]

[columns]
person_key = "the person, as a keyed pseudonym: one, whatever the portal"
uai = "national code of the school, where the portal or its structures say so"
*/
SELECT DISTINCT
    -- where a system's identifiers are declared, one that is not among them belongs to nobody known
    COALESCE(i.person_key, IF(s.is_declared, f.person_system || ':' || e.person_key, e.person_key)) AS person_key,
    e.profile,
    t.uai,
    e.event_type,
    e.module,
    e.resource_type,
    e.channel,
    e.happened_at
FROM lake.portal_events AS e
JOIN lake.sources AS f ON e.source = f.source
LEFT JOIN marts.person_identity AS i ON f.person_system = i."system" AND e.person_key = i.identifier
LEFT JOIN (SELECT DISTINCT "system", TRUE AS is_declared FROM marts.person_identity) AS s ON f.person_system = s."system"
LEFT JOIN lake.structures AS t ON e.structure_id = t.structure_id
WHERE
    e.happened_at >= getvariable('month_start')
    AND e.happened_at < getvariable('month_end') + INTERVAL 1 DAY
