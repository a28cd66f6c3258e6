/*
title    = "Roster: repairs"
titre    = "Registre : réparations"
fills    = "repairs"
reads    = ["csv"]
# the header needs a reason, which tells the file from assignments; what stands under it is never kept
needs    = ["device_id", "from_date", "reason"]
may      = ["to_date"]
keys     = { device_key = ["device_id", "device"] }
drops    = ["reason"]
columns  = { from_date = ["from_date", "year-month-day"], to_date = ["to_date", "year-month-day"] }
gives    = "which device was out of service, from when to when"
export   = "written by the town or the school itself; its columns are in docs/how-to/own-data.md"
*/
SELECT
    record,
    device_id AS device_key,
    TRY_CAST(from_date AS DATE) AS from_date,
    TRY_CAST(to_date AS DATE) AS to_date
FROM raw
