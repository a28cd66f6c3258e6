/*
title    = "Mosyle devices (a list of responses): a snapshot of the fleet"
titre    = "Parc Mosyle"
fills    = "sightings"
evidence = "checkin"
reads    = ["json"]
records  = "response"
explode  = "devices"
needs    = ["devices.deviceudid", "devices.date_last_beat"]
may      = ["devices.os", "devices.osversion", "devices.device_model", "devices.model_name", "devices.device_model_name", "devices.battery"]
keys     = { device_key = ["devices.deviceudid", "device"] }
drops    = ["serial_number", "device_name", "imei", "meid", "wifi_mac_address", "bluetooth_mac_address", "ethernet_mac_address", "last_ip_beat", "last_lan_ip", "userid", "username", "useremail", "usertype", "CurrentConsoleManagedUser", "SharedCartName", "location", "idlocation", "asset_tag", "tags", "notes", "carrier", "iTunesStoreAccountHash", "activation_bypass", "phone_number", "longitude", "latitude", "altitude", "HostName", "LocalHostName", "AutoSetupAdminAccounts"]
columns  = { seen_at = ["devices.date_last_beat", "an instant: seconds or milliseconds since 1970, or 2026-03-02T09:30:00Z"] }
gives    = "days on which a device was seen; no minutes. Take a snapshot each day: the server keeps the last contact only"
export   = "Ask the Mosyle API (POST managerapi.mosyle.com/v2/listdevices, options.os = ios, mac or tvos) each day and keep the answer as it is; deviceudid must be among the columns asked for."
*/
SELECT
    record,
    "devices.deviceudid" AS device_key,
    instant_of_any("devices.date_last_beat") AS seen_at,
    battery_level("devices.battery") AS battery_pct,
    "devices.osversion" AS os_version,
    -- os is "ios" for an iPad and an iPhone; the model tells which
    NULLIF(CONCAT_WS(' ', "devices.os", COALESCE("devices.device_model_name", "devices.model_name", "devices.device_model")), '') AS system
FROM raw
