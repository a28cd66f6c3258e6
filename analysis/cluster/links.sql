/*
title = "Members of one group: a device and whoever held it, a person and each of the person's identifiers, under any name that it has"
*/
WITH linked AS (
    SELECT device_key AS one, person_key AS other FROM marts.holding
    UNION
    SELECT identifier AS one, person_key AS other FROM marts.person_identity
    UNION
    SELECT member AS one, SPLIT_PART(member, ':', -1) AS other FROM members WHERE CONTAINS(member, ':')
)

SELECT
    one,
    other
FROM linked
WHERE one IS NOT NULL AND other IS NOT NULL
