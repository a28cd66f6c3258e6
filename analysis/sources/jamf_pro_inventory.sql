/*
title    = "Jamf Pro mobile device inventory (CSV)"
titre    = "iPad, inventaire Jamf Pro (CSV)"
fills    = "sightings"
evidence = "checkin"
reads    = ["csv"]
needs    = ["UDID", "Last Inventory Update"]
may      = ["OS Version", "Battery Level", "Managed"]
keys     = { device_key = ["UDID", "device"] }
drops    = ["Display Name", "JSS Mobile Device ID", "Serial Number", "Asset Tag", "Username", "Full Name", "Email Address", "Phone Number", "Position", "Department", "Building", "Room", "IP Address", "Wi-Fi MAC Address", "Bluetooth MAC Address", "Jailbreak Detected", "Lost Mode Enabled", "Device Ownership Type", "Passcode Status"]
columns  = { seen_at = ["Last Inventory Update", "year-month-day hour:minute:second: set the date format of the Jamf account so"] }
gives    = "days on which a device was seen; no minutes. The columns are those that the administrator shows; UDID must be one of them"
export   = "Jamf Pro: Devices, a search of mobile devices that shows UDID and Last Inventory Update, Export, CSV; dates as year-month-day in the preferences of the account. Once each school day"
*/
SELECT
    record,
    UDID AS device_key,
    -- with an offset it is an instant, without one the wall time of the town; other ways of writing dates leave day and month in doubt
    CASE
        WHEN regexp_full_match("Last Inventory Update", '\d{4}-\d{2}-\d{2}[T ].*(Z|[+-]\d{2}:?\d{2})') THEN
            TRY_CAST("Last Inventory Update" AS TIMESTAMPTZ)
        WHEN regexp_full_match("Last Inventory Update", '\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?') THEN
            instant_of_local(TRY_CAST("Last Inventory Update" AS TIMESTAMP), getvariable('timezone'))
    END AS seen_at,
    battery_percent(REPLACE("Battery Level", '%', '')) AS battery_pct,
    "OS Version" AS os_version,
    CASE LOWER(Managed) WHEN 'managed' THEN TRUE WHEN 'unmanaged' THEN FALSE ELSE TRY_CAST(Managed AS BOOLEAN) END AS managed
FROM raw
