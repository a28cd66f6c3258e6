/*
title = "Which key a person has: the identifiers of each system, brought together"
grain = "one identifier of one system"
*/
SELECT
    "system",
    identifier,
    person_key
FROM lake.identifiers
