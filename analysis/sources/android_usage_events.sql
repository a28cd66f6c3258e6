/*
title    = "Android usage events, as an agent on the tablet exports them"
titre    = "Tablettes Android, événements d’usage"
fills    = "device_events"
evidence = "foreground"
reads    = ["json", "csv"]
needs    = ["deviceId", "packageName", "timeStamp", "eventType"]
may      = ["className"]
keys     = { device_key = ["deviceId", "device"] }
columns  = { happened_at = ["timeStamp", "milliseconds since 1970"], event = ["eventType", "a whole number"] }
gives    = "minutes with an app in front, per device, app and instant"
export   = "by an agent on the tablet that reads UsageStatsManager.queryEvents and writes one line per event; ask whoever manages the tablets"
*/
SELECT
    record,
    deviceId AS device_key,
    packageName AS app_id,
    className AS activity,
    whole_number(eventType) AS event,
    instant_of_epoch_ms("timeStamp") AS happened_at
FROM raw
