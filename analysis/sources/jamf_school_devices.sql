/*
title    = "Jamf School devices: a snapshot of the fleet"
titre    = "iPad, inventaire Jamf School"
fills    = "sightings"
evidence = "checkin"
reads    = ["json"]
records  = "devices"
needs    = ["UDID", "lastCheckin"]
may      = ["batteryLevel", "os", "model", "isManaged"]
keys     = { device_key = ["UDID", "device"] }
drops    = ["serialNumber", "name", "owner", "class", "assetTag", "groups", "region", "networkInformation", "notes", "location", "locationId", "apps", "depProfile", "iCloudBackupLatest", "modified"]
columns  = { seen_at = ["lastCheckin", "an instant such as 2026-03-02T09:30:00Z"], managed = ["isManaged", "true or false"] }
gives    = "days on which a device was seen; no minutes: an iPad's screen time cannot be exported"
export   = "Jamf School API: GET /api/devices, saved as it comes, once each school day"
*/
SELECT
    record,
    UDID AS device_key,
    CASE
        -- the endpoint of one device writes an object, the list writes a text
        WHEN lastCheckin LIKE '{%' THEN
            instant_of_local(
                TRY_CAST(json_extract_string(TRY_CAST(lastCheckin AS JSON), '$.date') AS TIMESTAMP),
                COALESCE(json_extract_string(TRY_CAST(lastCheckin AS JSON), '$.timezone'), 'UTC')
            )
        ELSE TRY_CAST(lastCheckin AS TIMESTAMPTZ)
    END AS seen_at,
    -- -1 is unknown: never a reason to lose a sighting
    battery_level(batteryLevel) AS battery_pct,
    json_extract_string(TRY_CAST(os AS JSON), '$.version') AS os_version,
    TRY_CAST(isManaged AS BOOLEAN) AS managed,
    NULLIF(
        CONCAT_WS(' ', json_extract_string(TRY_CAST(os AS JSON), '$.prefix'), json_extract_string(TRY_CAST(model AS JSON), '$.name')), ''
    ) AS system
FROM raw
