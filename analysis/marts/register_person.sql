/*
title = "Which person a register means: registers that identifiers.csv links speak of one"
grain = "one identifier of one register"
needs = ["person_identity"]

[columns]
register_key = "the key that the register's own identifier gave"
*/
WITH named AS (
    SELECT source, person_key FROM lake.people
    UNION
    SELECT source, person_key FROM lake.enrolments
)

SELECT
    n.source,
    n.person_key AS register_key,
    -- as in marts.portal_event; the town's own rosters are what identifiers.csv links to
    CASE
        WHEN f.person_system = 'roster' THEN n.person_key
        ELSE COALESCE(i.person_key, IF(s.is_declared, f.person_system || ':' || n.person_key, n.person_key))
    END AS person_key
FROM named AS n
JOIN lake.sources AS f USING (source)
LEFT JOIN marts.person_identity AS i ON f.person_system = i."system" AND n.person_key = i.identifier
LEFT JOIN (SELECT DISTINCT "system", TRUE AS is_declared FROM marts.person_identity) AS s ON f.person_system = s."system"
