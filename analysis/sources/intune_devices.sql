/*
title    = "Intune managed devices (Microsoft Graph): a snapshot of the fleet"
titre    = "Parc Intune"
fills    = "sightings"
evidence = "checkin"
reads    = ["json"]
records  = "value"
needs    = ["id", "operatingSystem", "lastSyncDateTime"]
may      = ["osVersion", "model", "managementState"]
keys     = { device_key = ["id", "device"] }
drops    = ["userId", "deviceName", "managedDeviceName", "userPrincipalName", "userDisplayName", "emailAddress", "serialNumber", "imei", "meid", "phoneNumber", "wiFiMacAddress", "ethernetMacAddress", "azureADDeviceId", "iccid", "udid", "notes", "easDeviceId", "activationLockBypassCode", "subscriberCarrier", "usersLoggedOn", "deviceActionResults", "configurationManagerClientEnabledFeatures", "deviceHealthAttestationState", "remoteAssistanceSessionUrl", "remoteAssistanceSessionErrorDetails", "exchangeAccessStateReason"]
columns  = { seen_at = ["lastSyncDateTime", "an instant such as 2026-03-02T09:30:00Z"] }
gives    = "days on which a device was seen; no minutes, for a Windows PC, a tablet or a phone alike. Take a snapshot each day: the server keeps the last contact only"
export   = "Microsoft Graph, GET /deviceManagement/managedDevices, each day, the answer as it is. The CSV of the admin centre is not read: its columns could not be confirmed."
*/
SELECT
    record,
    id AS device_key,
    -- a device that never synchronised bears the year 1, which the table sets aside
    TRY_CAST(lastSyncDateTime AS TIMESTAMPTZ) AS seen_at,
    osVersion AS os_version,
    CONCAT_WS(' ', operatingSystem, model) AS system
FROM raw
