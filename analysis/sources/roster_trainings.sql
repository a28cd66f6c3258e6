/*
title    = "Roster: trainings"
titre    = "Registre : formations"
fills    = "trainings"
reads    = ["csv"]
needs    = ["held_on"]
may      = ["uai", "person_id", "hours"]
keys     = { person_key = ["person_id", "roster"] }
drops    = ["topic"]
columns  = { held_on = ["held_on", "year-month-day"], hours = ["hours", "a number"] }
gives    = "which school or teacher was trained, when and how long"
export   = "written by the town or the school itself; its columns are in docs/how-to/own-data.md"
*/
SELECT
    record,
    UPPER(uai) AS uai,
    person_id AS person_key,
    TRY_CAST(held_on AS DATE) AS held_on,
    decimal_number(hours) AS hours
FROM raw
