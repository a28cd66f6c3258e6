/*
title    = "Roster: people"
titre    = "Registre : personnes"
fills    = "people"
reads    = ["csv"]
needs    = ["person_id", "profile"]
may      = ["sex", "social_band", "home_internet", "support"]
keys     = { person_key = ["person_id", "roster"] }
columns  = { home_internet = ["home_internet", "true or false"], support = ["support", "true or false"] }
gives    = "who is a pupil, a teacher, a relative"
export   = "written by the town or the school itself; its columns are in docs/how-to/own-data.md"
*/
SELECT
    record,
    person_id AS person_key,
    LOWER(profile) AS profile,
    UPPER(sex) AS sex,
    social_band,
    TRY_CAST(home_internet AS BOOLEAN) AS home_internet,
    TRY_CAST(support AS BOOLEAN) AS support
FROM raw
