/*
title    = "Roster: identifiers"
titre    = "Registre : identifiants"
fills    = "identifiers"
reads    = ["csv"]
needs    = ["person_id", "system", "identifier"]
keys     = { person_key = ["person_id", "roster"], identifier = ["identifier", "any"] }
gives    = "which identifier of which system is which person"
export   = "written by the town or the school itself; its columns are in docs/how-to/own-data.md"
*/
SELECT
    record,
    person_id AS person_key,
    LOWER("system") AS "system",
    identifier
FROM raw
