/*
title    = "Roster: enrolments"
titre    = "Registre : inscriptions"
fills    = "enrolments"
reads    = ["csv"]
needs    = ["person_id", "class_id", "uai", "from_date"]
may      = ["level", "to_date"]
keys     = { person_key = ["person_id", "roster"], class_key = ["class_id", "class"] }
columns  = { from_date = ["from_date", "year-month-day"], to_date = ["to_date", "year-month-day"] }
gives    = "who is in which class, from when to when"
export   = "written by the town or the school itself; its columns are in docs/how-to/own-data.md"
*/
SELECT
    record,
    person_id AS person_key,
    class_id AS class_key,
    UPPER(uai) AS uai,
    level,
    TRY_CAST(from_date AS DATE) AS from_date,
    TRY_CAST(to_date AS DATE) AS to_date
FROM raw
