/*
title    = "Android UsageStats, as an agent on the tablet exports them"
titre    = "Tablettes Android, totaux par application (UsageStats)"
fills    = "use_totals"
evidence = "foreground"
reads    = ["json", "csv"]
needs    = ["deviceId", "packageName", "firstTimeStamp", "lastTimeStamp", "totalTimeInForeground"]
keys     = { device_key = ["deviceId", "device"] }
columns  = { seconds = ["totalTimeInForeground", "milliseconds"], app_id = ["packageName", "a text"] }
lacks    = { local_date = "the stretch that it adds up does not lie within one day, or its bounds are no times: its minutes belong to no day" }
gives    = "minutes with an app in front, per device, app and day, without the hour; only from stretches that lie within one day of the town's time zone. Stretches overlap, so that of one app and day the longest counts and none are added: a lower bound. Usage events tell more: prefer them"
export   = "Let the agent query daily stretches (UsageStatsManager.queryUsageStats, INTERVAL_DAILY) and write one row each: deviceId, packageName, firstTimeStamp, lastTimeStamp and totalTimeInForeground, all in milliseconds. Which agent does so is the town's choice; names of columns are those of Android."
*/
SELECT
    record,
    deviceId AS device_key,
    packageName AS app_id,
    -- a stretch that ends at midnight ends with the day before
    CASE
        WHEN
            CAST(timezone(getvariable('timezone'), instant_of_epoch_ms(firstTimeStamp)) AS DATE)
            = CAST(timezone(getvariable('timezone'), instant_of_epoch_ms(lastTimeStamp) - INTERVAL 1 MILLISECOND) AS DATE)
            THEN CAST(timezone(getvariable('timezone'), instant_of_epoch_ms(firstTimeStamp)) AS DATE)
    END AS local_date,
    TRY_CAST(totalTimeInForeground AS DOUBLE) / 1000 AS seconds
FROM raw
