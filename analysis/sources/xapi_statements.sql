/*
title    = "xAPI statements"
titre    = "Traces xAPI"
fills    = "portal_events"
evidence = "estimated"
reads    = ["json"]
records  = "statements"
needs    = ["actor", "verb", "object"]
may      = ["timestamp", "stored", "context", "result"]
keys     = { person_key = ["actor", "xapi"] }
drops    = ["id", "authority", "version", "attachments"]
columns  = { person_key = ["actor", "an agent with account, mbox, mbox_sha1sum or openid"], event_type = ["verb", "a verb with an id"], happened_at = ["timestamp", "an ISO 8601 instant"] }
lacks    = { happened_at = "empty, and so is stored" }
gives    = "visits, and time as a lower bound; a length where a statement tells one, without its bounds; the school and the profile only through the roster"
export   = "Ask whoever runs the learning record store for the statements of a period, as JSON. In identifiers.csv, system xapi, an account is written homePage|name, an address without mailto:"
*/
WITH parsed AS (
    SELECT
        *,
        TRY_CAST(actor AS JSON) AS agent,
        TRY_CAST("object" AS JSON) AS thing,
        TRY_CAST(context AS JSON) AS surroundings
    FROM raw
)

SELECT
    record,
    xapi_person(agent) AS person_key,
    last_part(json_extract_string(TRY_CAST(verb AS JSON), '$.id')) AS event_type,
    COALESCE(host_in_iri(json_extract_string(thing, '$.id')), json_extract_string(surroundings, '$.platform')) AS module,
    COALESCE(TRY_CAST("timestamp" AS TIMESTAMPTZ), IF("timestamp" IS NULL, TRY_CAST("stored" AS TIMESTAMPTZ), NULL)) AS happened_at
FROM parsed
