/*
title    = "Intune Endpoint analytics, application performance"
titre    = "Intune, performance des applications (totaux)"
fills    = "app_totals"
evidence = "foreground"
reads    = ["json"]
records  = "value"
needs    = ["appName", "appUsageDuration", "activeDeviceCount"]
drops    = ["id", "appPublisher", "appDisplayName"]
columns  = { seconds = ["appUsageDuration", "minutes"], devices = ["activeDeviceCount", "a whole number"], app_id = ["appName", "a text"] }
gives    = "a total of minutes per app over all devices, without any day: never minutes per day or per pupil, and no figure of a report uses it. A newer export replaces the older one app by app"
export   = "Microsoft Graph, GET /deviceManagement/userExperienceAnalyticsAppHealthApplicationPerformance, the answer as it is. Endpoint analytics must be on."
*/
SELECT
    record,
    appName AS app_id,
    whole_number(activeDeviceCount) AS devices,
    TRY_CAST(appUsageDuration AS DOUBLE) * 60 AS seconds
FROM raw
