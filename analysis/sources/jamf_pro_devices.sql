/*
title    = "Jamf Pro mobile devices (API): a snapshot of the fleet"
titre    = "iPad, inventaire Jamf Pro"
fills    = "sightings"
evidence = "checkin"
reads    = ["json"]
records  = "results"
needs    = ["mobileDeviceId", "general"]
may      = ["hardware"]
keys     = { device_key = ["general", "device"] }
drops    = ["userAndLocation", "purchasing", "security", "applications", "ebooks", "network", "serviceSubscriptions", "certificates", "profiles", "userProfiles", "provisioningProfiles", "sharedUsers", "groups", "extensionAttributes", "deviceType"]
columns  = { device_key = ["general", "general.udid, a text"], seen_at = ["general", "general.lastInventoryUpdateDate, an instant such as 2026-03-02T09:30:00Z"] }
gives    = "days on which a device was seen; no minutes: an iPad's screen time cannot be exported"
export   = "Jamf Pro API: GET /api/v2/mobile-devices/detail with the sections GENERAL and HARDWARE, each page saved as it comes, once each school day"
*/
SELECT
    record,
    json_extract_string(TRY_CAST(general AS JSON), '$.udid') AS device_key,
    TRY_CAST(json_extract_string(TRY_CAST(general AS JSON), '$.lastInventoryUpdateDate') AS TIMESTAMPTZ) AS seen_at,
    battery_percent(json_extract_string(TRY_CAST(hardware AS JSON), '$.batteryLevel')) AS battery_pct,
    json_extract_string(TRY_CAST(general AS JSON), '$.osVersion') AS os_version,
    TRY_CAST(json_extract_string(TRY_CAST(general AS JSON), '$.managed') AS BOOLEAN) AS managed,
    json_extract_string(TRY_CAST(hardware AS JSON), '$.model') AS system
FROM raw
