/*
title = "What their accounts did on the portal; without identifiers.csv, an account is the person's own"
grain = "one row that goes"
needs = ["person", "account", "other_account"]
*/
WITH theirs AS (
    SELECT
        s.source,
        a.account_key
    FROM erasing.account AS a
    JOIN lake.sources AS s ON a."system" = s.person_system
    UNION
    SELECT
        s.source,
        p.person_key AS account_key
    FROM erasing.person AS p
    CROSS JOIN lake.sources AS s
    ANTI JOIN erasing.other_account AS o ON s.person_system = o."system" AND p.person_key = o.account_key
)

SELECT
    f.filename,
    f.file_row_number
FROM every.portal_events AS f
SEMI JOIN theirs AS t ON f.source = t.source AND f.person_key = t.account_key
