/*
title = "Accounts of persons forgotten on request, in every system but the rosters"
grain = "one account in one system"
needs = ["person", "other_account"]
*/
WITH named AS (
    SELECT
        "system",
        identifier AS account_key
    FROM every.identifiers
    UNION
    SELECT
        s.person_system AS "system",
        e.person_key AS account_key
    FROM (
        SELECT source, person_key FROM every.portal_events
        UNION
        SELECT source, person_key FROM every.portal_sessions
        UNION
        SELECT source, person_key FROM every.people
        UNION
        SELECT source, person_key FROM every.enrolments
    ) AS e
    JOIN lake.sources AS s ON e.source = s.source AND s.person_system <> 'roster'
),

theirs AS (
    SELECT
        i."system",
        i.identifier AS account_key
    FROM every.identifiers AS i
    SEMI JOIN erasing.person USING (person_key)
    UNION
    SELECT
        n."system",
        n.account_key
    FROM named AS n
    SEMI JOIN forgotten_account AS f ON sha256(n."system" || '|' || n.account_key) = f.mark
    UNION
    SELECT
        "system",
        account_key
    FROM asked
    WHERE "system" <> 'roster'
)

SELECT
    t."system",
    t.account_key
FROM theirs AS t
ANTI JOIN erasing.other_account AS o ON t."system" = o."system" AND t.account_key = o.account_key
