/*
title    = "ENT ONE / NEO raw events"
titre    = "ENT ONE, événements"
fills    = "portal_events"
evidence = "estimated"
reads    = ["json"]
needs    = ["event-type", "date", "userId", "profil"]
may      = ["module", "structures", "resource-type", "deviceType"]
keys     = { person_key = ["userId", "ent"] }
drops    = ["_id", "ip", "ua", "sessionId", "deviceName", "osName", "osVersion", "referer", "classes", "groups", "useradmin", "connector-type", "cas-type", "service", "resource_id", "shares", "share_profiles", "share_rights", "synced", "override-module", "login"]
columns  = { happened_at = ["date", "milliseconds since 1970"], profile = ["profil", "Student, Teacher, Relative, Personnel or Guest"], event_type = ["event-type", "a text"] }
gives    = "visits, and time as a lower bound: the portal writes no end of a visit"
export   = "ask whoever runs the ENT: /v2/event/list/events/{milliseconds since 1970} as a super-administrator, or an export of the collection `events`"
*/
SELECT
    record,
    userId AS person_key,
    ent_one_profile(profil) AS profile,
    json_extract_string(TRY_CAST(structures AS JSON), '$[0]') AS structure_id,
    "event-type" AS event_type,
    ent_one_module(module) AS module,
    "resource-type" AS resource_type,
    -- a database export writes {"$numberLong": "..."} where the API writes a bare number
    instant_of_epoch_ms(COALESCE(json_extract_string(TRY_CAST("date" AS JSON), '$."$numberLong"'), "date")) AS happened_at,
    NULLIF(deviceType, 'Unknown') AS device_type,
    ent_one_channel("event-type", module) AS channel
FROM raw
