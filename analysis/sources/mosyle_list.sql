/*
title    = "Mosyle devices (the response itself a list): a snapshot of the fleet"
titre    = "Parc Mosyle"
fills    = "sightings"
evidence = "checkin"
reads    = ["json"]
records  = "response"
needs    = ["deviceudid", "date_last_beat"]
may      = ["os", "osversion", "device_model", "model_name", "device_model_name", "battery"]
keys     = { device_key = ["deviceudid", "device"] }
drops    = ["serial_number", "device_name", "imei", "meid", "wifi_mac_address", "bluetooth_mac_address", "ethernet_mac_address", "last_ip_beat", "last_lan_ip", "userid", "username", "useremail", "usertype", "CurrentConsoleManagedUser", "SharedCartName", "location", "idlocation", "asset_tag", "tags", "notes", "carrier", "iTunesStoreAccountHash", "activation_bypass", "phone_number", "longitude", "latitude", "altitude", "HostName", "LocalHostName", "AutoSetupAdminAccounts"]
columns  = { seen_at = ["date_last_beat", "an instant: seconds or milliseconds since 1970, or 2026-03-02T09:30:00Z"] }
gives    = "days on which a device was seen; no minutes. Take a snapshot each day: the server keeps the last contact only"
export   = "Ask the Mosyle API (POST managerapi.mosyle.com/v2/listdevices, options.os = ios, mac or tvos) each day and keep the answer as it is; deviceudid must be among the columns asked for."
*/
SELECT
    record,
    "deviceudid" AS device_key,
    instant_of_any("date_last_beat") AS seen_at,
    battery_level("battery") AS battery_pct,
    "osversion" AS os_version,
    -- os is "ios" for an iPad and an iPhone; the model tells which
    NULLIF(CONCAT_WS(' ', "os", COALESCE("device_model_name", "model_name", "device_model")), '') AS system
FROM raw
