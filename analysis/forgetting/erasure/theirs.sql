/*
title = "Under which key each source knows them; without identifiers.csv, an account is the person's own"
grain = "one key in one source"
needs = ["person", "account", "other_account"]
*/
SELECT
    s.source,
    a.account_key AS person_key
FROM erasing.account AS a
JOIN lake.sources AS s ON a."system" = s.person_system
UNION
SELECT
    s.source,
    p.person_key
FROM erasing.person AS p
CROSS JOIN lake.sources AS s
ANTI JOIN erasing.other_account AS o ON s.person_system = o."system" AND p.person_key = o.account_key
