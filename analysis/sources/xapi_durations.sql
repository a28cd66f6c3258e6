/*
title    = "xAPI statements: lengths that they tell"
titre    = "Traces xAPI, durées"
part_of  = "xapi_statements"
fills    = "portal_sessions"
keys     = { person_key = ["actor", "xapi"] }
columns  = { person_key = ["actor", "an agent with account, mbox, mbox_sha1sum or openid"], reported_at = ["timestamp", "an ISO 8601 instant"], seconds = ["result", "an ISO 8601 duration of weeks, days, hours, minutes and seconds"] }
lacks    = { reported_at = "empty, and so is stored" }
*/
SELECT
    record,
    xapi_person(TRY_CAST(actor AS JSON)) AS person_key,
    -- by the specification the start, the end, or any instant in between: so the length has no bounds
    COALESCE(TRY_CAST("timestamp" AS TIMESTAMPTZ), IF("timestamp" IS NULL, TRY_CAST("stored" AS TIMESTAMPTZ), NULL)) AS reported_at,
    iso_seconds(json_extract_string(TRY_CAST(result AS JSON), '$.duration')) AS seconds,
    'statement' AS ended_by
FROM raw
WHERE json_extract_string(TRY_CAST(result AS JSON), '$.duration') IS NOT NULL
