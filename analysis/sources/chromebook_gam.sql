/*
title    = "Chromebook active time, as GAM prints it (crosactivity)"
titre    = "Chromebook, temps d’activité (export GAM)"
fills    = "use_totals"
evidence = "active"
reads    = ["csv"]
needs    = ["deviceId", "activeTimeRanges.date", "activeTimeRanges.minutes"]
may      = ["activeTimeRanges.duration", "activeTimeRanges.activeTime"]
keys     = { device_key = ["deviceId", "device"] }
drops    = ["annotatedAssetId", "annotatedLocation", "annotatedUser", "serialNumber", "orgUnitPath", "recentUsers.email", "recentUsers.type", "notes", "macAddress", "ethernetMacAddress"]
columns  = { local_date = ["activeTimeRanges.date", "year-month-day"], seconds = ["activeTimeRanges.minutes", "minutes"] }
gives    = "minutes of activity per device and day, without the hour and without the app"
export   = "`gam print crosactivity times`, saved as CSV. Once a week: older days leave the list (after about 15, we were told)"
*/
SELECT
    record,
    deviceId AS device_key,
    TRY_CAST("activeTimeRanges.date" AS DATE) AS local_date,
    COALESCE(
        -- the finest that the row holds: milliseconds, then hours:minutes:seconds, then whole minutes
        TRY_CAST("activeTimeRanges.activeTime" AS DOUBLE) / 1000,
        epoch(TRY_CAST("activeTimeRanges.duration" AS INTERVAL)),
        TRY_CAST("activeTimeRanges.minutes" AS DOUBLE) * 60
    ) AS seconds
FROM raw
