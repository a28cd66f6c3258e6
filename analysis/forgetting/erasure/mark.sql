/*
title = "The list of accounts as it stands now: those noted before, and those that the rosters have named since"
grain = "one mark; is_given_up: the rosters give that account to somebody else now"
needs = ["person", "account", "other_account"]
*/
WITH theirs AS (
    SELECT sha256('roster|' || person_key) AS mark FROM erasing.person
    UNION
    SELECT sha256("system" || '|' || account_key) AS mark FROM erasing.account
),

given_up AS (
    SELECT f.mark
    FROM forgotten_account AS f
    SEMI JOIN erasing.other_account AS o ON f.mark = sha256(o."system" || '|' || o.account_key)
)

SELECT
    mark,
    FALSE AS is_given_up
FROM theirs
UNION
SELECT
    mark,
    FALSE AS is_given_up
FROM forgotten_account
WHERE mark NOT IN (FROM given_up)
UNION
SELECT
    mark,
    TRUE AS is_given_up
FROM given_up
