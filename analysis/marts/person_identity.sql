/*
title = "Which key a person has: the identifiers of each system, brought together"
grain = "one identifier of one system"

[columns]
identifier = "the identifier there, as a keyed pseudonym"
*/
SELECT
    "system",
    identifier,
    person_key
FROM lake.identifiers
