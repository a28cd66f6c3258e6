/*
title    = "Roster: declared closures"
titre    = "Registre : fermetures"
fills    = "closures"
reads    = ["csv"]
needs    = ["uai", "from_date", "to_date", "reason"]
columns  = { from_date = ["from_date", "year-month-day"], to_date = ["to_date", "year-month-day"] }
gives    = "days on which a school was closed beyond the calendar"
export   = "written by the town or the school itself; its columns are in docs/how-to/own-data.md"
*/
SELECT
    record,
    UPPER(uai) AS uai,
    TRY_CAST(from_date AS DATE) AS from_date,
    TRY_CAST(to_date AS DATE) AS to_date,
    reason
FROM raw
