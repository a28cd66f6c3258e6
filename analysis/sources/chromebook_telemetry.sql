/*
title    = "Chromebook telemetry: app reports of Chrome Management (telemetry/devices)"
titre    = "Chromebook, télémétrie (rapports d’applications)"
fills    = "app_totals"
evidence = "foreground"
reads    = ["json"]
records  = "devices"
explode  = "appReport.usageData"
needs    = ["deviceId", "appReport.reportTime", "appReport.usageData.appId", "appReport.usageData.runningDuration"]
may      = ["appReport.usageData.appInstanceId"]
drops    = ["name", "customer", "orgUnitId", "serialNumber", "networkInfo", "networkStatusReport", "networkDiagnosticsReport", "networkBandwidthReport", "batteryInfo", "batteryStatusReport", "storageInfo", "storageStatusReport", "cpuInfo", "cpuStatusReport", "memoryInfo", "memoryStatusReport", "graphicsInfo", "graphicsStatusReport", "audioStatusReport", "bootPerformanceReport", "osUpdateStatus", "peripheralsReport", "runtimeCountersReport", "heartbeatStatusReport", "thunderboltInfo", "kioskAppStatusReport"]
columns  = { seconds = ["appReport.usageData.runningDuration", "seconds such as 3.5s"], app_id = ["appReport.usageData.appId", "a text"] }
gives    = "the time that each window of an app was in front in all, and the days on which a device reported. Google does not say whether a duration counts from the last report or from the opening of the window, so it belongs to no day: never minutes per day. Minutes of activity by day come with chromeosdevices"
export   = "Chrome Management API, GET /v1/customers/my_customer/telemetry/devices?readMask=deviceId,appReport, the answers as they are. It needs the policy that reports app usage and a licence for it."
*/
SELECT
    record,
    "appReport.usageData.appId" AS app_id,
    "appReport.usageData.appInstanceId" AS instance,
    TRY_CAST(regexp_extract("appReport.usageData.runningDuration", '^([0-9.]+)s$', 1) AS DOUBLE) AS seconds
FROM raw
