/*
title    = "Jamf Pro application usage of one Mac"
titre    = "Mac, usage des applications (Jamf Pro)"
fills    = "use_totals"
evidence = "foreground"
reads    = ["json"]
records  = "computer_application_usage"
explode  = "apps"
by_path  = ["file_stem"]
needs    = ["date", "apps.name", "apps.foreground"]
keys     = { device_key = ["file name", "device"] }
columns  = { local_date = ["date", "year-month-day"], seconds = ["apps.foreground", "minutes"], app_id = ["apps.name", "a text"] }
gives    = "minutes with an app in front, per Mac, app and day, without the hour; with two screens the apps of a day may add up to a little more than the day's use. Macs only: an iPad gives none"
export   = "Ask the Jamf Pro Classic API for one Mac (GET /JSSResource/computerapplicationusage/udid/UDID/2026-03-01_2026-03-31, as JSON) and name the file by the device of your roster, DEVICE.json: the answer does not say whose it is. The collection of application usage must be on in Jamf Pro."
*/
SELECT
    record,
    getvariable('path_file_stem') AS device_key,
    -- two versions of one app on the day of its update are one app: the longer one counts
    "apps.name" AS app_id,
    TRY_CAST(REPLACE("date", '/', '-') AS DATE) AS local_date,
    TRY_CAST("apps.foreground" AS DOUBLE) * 60 AS seconds
FROM raw
