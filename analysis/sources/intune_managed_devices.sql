/*
title    = "Intune managed devices (Microsoft Graph): a snapshot of the fleet"
titre    = "Appareils gérés par Intune"
fills    = "sightings"
evidence = "checkin"
reads    = ["json"]
records  = "value"
needs    = ["id", "lastSyncDateTime", "managedDeviceOwnerType"]
may      = ["osVersion"]
keys     = { device_key = ["id", "device"] }
drops    = ["userId", "deviceName", "managedDeviceName", "userPrincipalName", "userDisplayName", "emailAddress", "emailUserId", "phoneNumber", "serialNumber", "wiFiMacAddress", "ethernetMacAddress", "imei", "meid", "iccid", "udid", "subscriberCarrier", "notes", "usersLoggedOn", "azureADDeviceId", "easDeviceId", "remoteAssistanceSessionUrl", "activationLockBypassCode"]
columns  = { seen_at = ["lastSyncDateTime", "an instant such as 2026-03-02T09:30:00Z"] }
gives    = "days on which a device was seen; no minutes: Intune keeps none by device and day"
*/
SELECT
    record,
    id AS device_key,
    -- the year 1 stands for never
    IF(lastSyncDateTime LIKE '0001-%', NULL, TRY_CAST(lastSyncDateTime AS TIMESTAMPTZ)) AS seen_at,
    osVersion AS os_version
FROM raw
