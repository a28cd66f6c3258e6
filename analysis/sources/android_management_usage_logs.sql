/*
title    = "Android Management API usage logs (BatchUsageLogEvents)"
titre    = "Android, journaux d’utilisation (Android Management API)"
fills    = "device_events"
evidence = "active"
reads    = ["json"]
explode  = "usageLogEvents"
needs    = ["device", "usageLogEvents.eventType", "usageLogEvents.eventTime"]
keys     = { device_key = ["device", "device"] }
drops    = ["user", "retrievalTime"]
columns  = { happened_at = ["usageLogEvents.eventTime", "an instant such as 2026-03-02T09:30:00Z"], event = ["usageLogEvents.eventType", "a text"] }
gives    = "minutes between unlocking and locking the device, which is activity and not an app in front; sites and addresses in the logs are never kept"
export   = "Turn usageLog on in the policy (the users are told on the device), subscribe to the USAGE_LOGS notifications of Pub/Sub and keep the decoded data of each message as one JSON object, one per line. The device of the roster is the last part of its name: of enterprises/E/devices/D it is D."
*/
SELECT
    record,
    regexp_extract(device, '([^/]+)$', 1) AS device_key,
    -- as Android's own event types, which marts.use_interval understands: unlocked opens, locked closes all; the rest is a sign and no more
    CASE
        WHEN "usageLogEvents.eventType" = 'KEYGUARD_DISMISSED' THEN 1
        WHEN "usageLogEvents.eventType" = 'KEYGUARD_SECURED' THEN 17
        WHEN "usageLogEvents.eventType" = 'OS_SHUTDOWN' THEN 26
        WHEN "usageLogEvents.eventType" = 'OS_STARTUP' THEN 27
        WHEN "usageLogEvents.eventType" IS NOT NULL THEN 0
    END AS event,
    TRY_CAST("usageLogEvents.eventTime" AS TIMESTAMPTZ) AS happened_at
FROM raw
