/*
title = "What the list of forgotten persons and devices gains and loses: marks, from which no pseudonym can be computed"
grain = "one mark, which is over (gained) or in use (lost)"
needs = ["person_over", "person_in_use", "device_over", "device_in_use"]
*/
WITH named AS (
    SELECT 'person' AS "domain", person_key AS named_key, TRUE AS is_over FROM forgetting.person_over
    UNION ALL
    -- whoever comes back on the portal alone is known by the account
    SELECT 'person' AS "domain", i.identifier AS named_key, TRUE AS is_over
    FROM lake.identifiers AS i
    SEMI JOIN forgetting.person_over USING (person_key)
    UNION ALL
    SELECT 'person' AS "domain", person_key AS named_key, FALSE AS is_over FROM forgetting.person_in_use
    UNION ALL
    SELECT 'device' AS "domain", device_key AS named_key, TRUE AS is_over FROM forgetting.device_over
    UNION ALL
    SELECT 'device' AS "domain", device_key AS named_key, FALSE AS is_over FROM forgetting.device_in_use
)

SELECT DISTINCT
    "domain",
    sha256("domain" || '|' || named_key) AS mark,
    is_over
FROM named
