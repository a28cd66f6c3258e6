/*
title    = "Google mobile devices, from the Admin SDK (mobiledevices): a snapshot of the fleet"
titre    = "Appareils mobiles Google (console d’administration)"
fills    = "sightings"
evidence = "checkin"
reads    = ["json"]
records  = "mobiledevices"
needs    = ["deviceId", "lastSync"]
may      = ["os", "model", "type"]
keys     = { device_key = ["deviceId", "device"] }
drops    = ["resourceId", "name", "email", "serialNumber", "imei", "meid", "wifiMacAddress", "hardwareId", "notes", "otherAccountsInfo", "applications", "networkOperator", "userAgent", "bootloaderVersion", "basebandVersion", "buildNumber", "kernelVersion"]
columns  = { seen_at = ["lastSync", "an instant such as 2026-03-02T09:30:00Z"] }
gives    = "days on which a device was seen; no minutes. Take a snapshot each day: the server keeps the last contact only"
export   = "Admin SDK Directory API, GET /admin/directory/v1/customer/my_customer/devices/mobile, each day, the answer as it is."
*/
SELECT
    record,
    deviceId AS device_key,
    TRY_CAST(lastSync AS TIMESTAMPTZ) AS seen_at,
    os AS os_version,
    -- os reads "Android 14", type says IOS_SYNC where the model says iPad or iPhone
    NULLIF(CONCAT_WS(' ', os, model, type), '') AS system
FROM raw
