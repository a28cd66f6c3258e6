/*
title    = "Chromebook active time, from the Admin SDK (chromeosdevices)"
titre    = "Chromebook, temps d’activité (console d’administration)"
fills    = "use_totals"
evidence = "active"
reads    = ["json"]
records  = "chromeosdevices"
explode  = "activeTimeRanges"
needs    = ["deviceId", "activeTimeRanges.date", "activeTimeRanges.activeTime"]
keys     = { device_key = ["deviceId", "device"] }
drops    = ["serialNumber", "annotatedUser", "annotatedLocation", "annotatedAssetId", "notes", "macAddress", "ethernetMacAddress", "ethernetMacAddress0", "meid", "recentUsers", "lastKnownNetwork", "deviceFiles", "orgUnitPath", "dockMacAddress"]
columns  = { local_date = ["activeTimeRanges.date", "year-month-day"], seconds = ["activeTimeRanges.activeTime", "milliseconds"] }
gives    = "minutes of activity per device and day, without the hour and without the app"
export   = "Admin SDK, Directory API: chromeosdevices.list with projection=FULL, each page saved as it comes. Once a week: older days leave the list (after about 15, we were told)"
*/
SELECT
    record,
    deviceId AS device_key,
    TRY_CAST("activeTimeRanges.date" AS DATE) AS local_date,
    TRY_CAST("activeTimeRanges.activeTime" AS DOUBLE) / 1000 AS seconds
FROM raw
