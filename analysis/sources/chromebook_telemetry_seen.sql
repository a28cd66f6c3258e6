/*
title    = "Chromebook telemetry: the instants of the reports"
titre    = "Chromebook, télémétrie (instants des rapports)"
fills    = "sightings"
evidence = "checkin"
part_of  = "chromebook_telemetry"
keys     = { device_key = ["deviceId", "device"] }
columns  = { seen_at = ["appReport.reportTime", "an instant such as 2026-03-02T09:30:00Z"] }
gives    = "days on which a device reported"
*/
SELECT
    record,
    deviceId AS device_key,
    TRY_CAST("appReport.reportTime" AS TIMESTAMPTZ) AS seen_at,
    'ChromeOS' AS system
FROM raw
