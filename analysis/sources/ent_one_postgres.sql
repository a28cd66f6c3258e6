/*
title    = "ENT ONE / NEO event tables of PostgreSQL, as CSV"
titre    = "ENT ONE, tables d’événements (PostgreSQL)"
fills    = "portal_events"
evidence = "estimated"
reads    = ["csv"]
needs    = ["id", "date", "profile", "event_type", "user_id"]
may      = ["module", "resource_type", "deviceType"]
aliases  = { "deviceType" = ["device_type"] }
keys     = { person_key = ["user_id", "ent"] }
drops    = ["ua", "ip", "platform_id", "payload", "connector_type", "cas_type", "service", "resource_id", "useradmin", "session_id"]
columns  = { happened_at = ["date", "year-month-day hour:minute:second, in the time of the server; the hour that clocks skip in spring is none"], profile = ["profile", "Student, Teacher, Relative, Personnel or Guest"], event_type = ["event_type", "a text"] }
gives    = "visits, and time as a lower bound: the portal writes no end of a visit; the school only through the roster's identifiers"
export   = "ask whoever runs the ENT: COPY of the tables events.*_events to CSV with HEADER"
*/
SELECT
    record,
    user_id AS person_key,
    ent_one_profile(profile) AS profile,
    event_type,
    ent_one_module(module) AS module,
    resource_type,
    -- the table keeps the wall time of the server, without a zone
    instant_of_local(TRY_CAST("date" AS TIMESTAMP), getvariable('timezone')) AS happened_at,
    NULLIF(deviceType, 'Unknown') AS device_type,
    ent_one_channel(event_type, module) AS channel
FROM raw
