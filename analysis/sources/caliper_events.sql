/*
title    = "Caliper 1.1 events"
titre    = "Événements Caliper"
fills    = "portal_events"
evidence = "estimated"
reads    = ["json"]
records  = "data"
needs    = ["actor", "action", "object", "eventTime"]
may      = ["type", "edApp", "session"]
keys     = { person_key = ["actor", "caliper"] }
drops    = ["id", "@context", "target", "generated", "group", "membership", "federatedSession", "referrer", "extensions", "profile", "name", "description", "dateCreated", "dateModified", "email", "user", "member", "organization", "roles", "status", "startedAtTime", "endedAtTime", "duration", "isPartOf", "subOrganizationOf", "creators", "courseNumber", "version"]
columns  = { person_key = ["actor", "a person with an id"], happened_at = ["eventTime", "an ISO 8601 instant"] }
lacks    = { person_key = "empty: it describes something, and is no event of a person" }
gives    = "visits, and time as a lower bound; the bounds of sessions where the platform tells them; the school and the profile only through the roster"
export   = "Ask whoever runs the platform for the envelopes of a period (sensor, sendTime, data), as JSON. In identifiers.csv, system caliper, a person is the id of the actor"
*/
SELECT
    record,
    caliper_person(last_part(action), actor, "object") AS person_key,
    last_part(action) AS event_type,
    COALESCE(host_in_iri(iri_of(edApp)), host_in_iri(iri_of("object"))) AS module,
    TRY_CAST(eventTime AS TIMESTAMPTZ) AS happened_at
FROM raw
