/*
title    = "Roster: devices"
titre    = "Registre : appareils"
fills    = "devices"
reads    = ["csv"]
needs    = ["device_id", "kind"]
may      = ["model", "os"]
keys     = { device_key = ["device_id", "device"] }
gives    = "the devices and whose kind they are"
export   = "written by the town or the school itself; its columns are in docs/how-to/own-data.md"
*/
SELECT
    record,
    device_id AS device_key,
    model,
    os,
    LOWER(kind) AS kind
FROM raw
