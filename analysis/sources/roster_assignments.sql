/*
title    = "Roster: assignments"
titre    = "Registre : attributions"
fills    = "assignments"
reads    = ["csv"]
needs    = ["device_id", "from_date"]
may      = ["person_id", "class_id", "to_date", "take_home"]
keys     = { device_key = ["device_id", "device"], person_key = ["person_id", "roster"], class_key = ["class_id", "class"] }
columns  = { from_date = ["from_date", "year-month-day"], to_date = ["to_date", "year-month-day"], take_home = ["take_home", "true or false"] }
gives    = "who holds which device, from when to when"
export   = "written by the town or the school itself; its columns are in docs/how-to/own-data.md"
*/
SELECT
    record,
    device_id AS device_key,
    person_id AS person_key,
    class_id AS class_key,
    TRY_CAST(from_date AS DATE) AS from_date,
    TRY_CAST(to_date AS DATE) AS to_date,
    TRY_CAST(take_home AS BOOLEAN) AS take_home
FROM raw
