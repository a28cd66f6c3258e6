/*
title = "The people of all registers: of each fact, what the first register that has it says"
grain = "one person"
needs = ["register_person"]
like = ["people"]

[columns]
has_account = "whether a register says that an account was loaded"
*/
WITH said AS (
    SELECT
        r.person_key,
        {'rank': register_rank(p.source), 'register_key': p.person_key, 'source': p.source} AS place,
        p.profile,
        p.sex,
        p.social_band,
        p.home_internet,
        p.support,
        register_of(p.source) = 'ent' AS is_by_account
    FROM lake.people AS p
    JOIN marts.register_person AS r ON p.source = r.source AND p.person_key = r.register_key
)

SELECT
    person_key,
    ARG_MIN(profile, place) AS profile,
    ARG_MIN(sex, place) AS sex,
    ARG_MIN(social_band, place) AS social_band,
    ARG_MIN(home_internet, place) AS home_internet,
    ARG_MIN(support, place) AS support,
    -- an export of the portal's own directory lists who has an account there
    BOOL_OR(is_by_account) AS has_account
FROM said
GROUP BY person_key
