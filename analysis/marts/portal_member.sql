/*
title = "Who belongs to which school on the portal, from when to when, and whether an account was loaded for this person"
grain = "one person in one school over one span of days"
needs = ["seat", "person", "person_identity", "portal_person"]

[columns]
uai = "national code of the school; empty where nobody knows it"
from_date = "first day; 1900-01-01 where no register says it"
is_rostered = "whether a register says so; else the portal, of those who come"
*/
WITH systems AS (
    SELECT DISTINCT person_system AS "system"
    FROM lake.sources
    WHERE fills = 'portal_events'
),

declared AS (
    SELECT DISTINCT i.person_key
    FROM marts.person_identity AS i
    JOIN systems USING ("system")
),

seated AS (
    SELECT uai, person_key, profile, from_date, to_date, TRUE AS is_rostered
    FROM marts.seat
    WHERE profile <> 'unknown'
),

others AS (
    -- no register says which school a parent belongs to; the portal does, of those who come
    SELECT
        ARG_MAX(o.portal_uai, o.month_start) AS uai,
        p.person_key,
        p.profile,
        DATE '1900-01-01' AS from_date,
        DATE '9999-12-31' AS to_date,
        FALSE AS is_rostered
    FROM marts.person AS p
    LEFT JOIN marts.portal_person AS o USING (person_key)
    ANTI JOIN seated AS s ON p.person_key = s.person_key
    WHERE p.profile <> 'student'
    GROUP BY p.person_key, p.profile
)

SELECT
    m.*,
    -- without any declared identifier of a portal, everybody in the registers is taken to have an account
    d.person_key IS NOT NULL OR NOT EXISTS(FROM declared) OR COALESCE(p.has_account, FALSE) AS has_account
FROM (FROM seated UNION ALL FROM others) AS m
LEFT JOIN declared AS d USING (person_key)
LEFT JOIN marts.person AS p USING (person_key)
