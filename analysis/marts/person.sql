/*
title = "Who is who: the people of the registers and of the portal's directory, each under one key"
grain = "one person"
needs = ["person_identity"]
*/
WITH named AS (
    SELECT
        -- as in portal_event: where a system's identifiers are declared, an account that is not among them belongs to nobody known
        COALESCE(i.person_key, IF(s.is_declared, p."system" || ':' || p.person_key, p.person_key)) AS person_key,
        p.profile,
        p.sex,
        p.social_band,
        p.home_internet,
        p.support,
        p."system" IS NOT NULL AS is_by_account
    FROM lake.people AS p
    LEFT JOIN marts.person_identity AS i ON p."system" = i."system" AND p.person_key = i.identifier
    LEFT JOIN (SELECT DISTINCT "system", TRUE AS is_declared FROM marts.person_identity) AS s ON p."system" = s."system"
)

SELECT
    person_key,
    -- a roster knows better than a directory, which has no more than the profile; two accounts of one person are one person
    ARG_MIN(profile, (is_by_account, profile)) AS profile,
    ANY_VALUE(sex) AS sex,
    ANY_VALUE(social_band) AS social_band,
    ANY_VALUE(home_internet) AS home_internet,
    ANY_VALUE(support) AS support,
    BOOL_OR(is_by_account) AS has_account
FROM named
GROUP BY person_key
