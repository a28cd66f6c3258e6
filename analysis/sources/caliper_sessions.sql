/*
title    = "Caliper 1.1 sessions that ended"
titre    = "Sessions Caliper"
part_of  = "caliper_events"
fills    = "portal_sessions"
keys     = { person_key = ["actor", "caliper"] }
columns  = { person_key = ["actor", "a person with an id"], reported_at = ["eventTime", "an ISO 8601 instant"], ended_at = ["session", "the end of the session"] }
lacks    = { person_key = "empty: the session names nobody" }
*/
WITH ends AS (
    SELECT
        *,
        last_part(action) AS deed,
        -- who logs out does it in a session; what times out is the session
        TRY_CAST(IF(last_part(action) = 'TimedOut', "object", "session") AS JSON) AS bounds,
        TRY_CAST(eventTime AS TIMESTAMPTZ) AS reported_at
    FROM raw
),

dated AS (
    SELECT
        *,
        COALESCE(
            TRY_CAST(json_extract_string(bounds, '$.startedAtTime') AS TIMESTAMPTZ),
            MIN(reported_at) FILTER (WHERE deed = 'LoggedIn') OVER (PARTITION BY COALESCE(json_extract_string(bounds, '$.id'), "session"))
        ) AS started_at,
        COALESCE(TRY_CAST(json_extract_string(bounds, '$.endedAtTime') AS TIMESTAMPTZ), reported_at) AS ended_at
    FROM ends
)

SELECT
    record,
    caliper_person(deed, actor, "object") AS person_key,
    reported_at,
    started_at,
    ended_at,
    epoch_us(ended_at - started_at) / 1e6 AS seconds,
    IF(deed = 'TimedOut', 'timed_out', 'logged_out') AS ended_by
FROM dated
WHERE deed IN ('LoggedOut', 'TimedOut') AND started_at IS NOT NULL
