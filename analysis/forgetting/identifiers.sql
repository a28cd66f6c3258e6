/*
title = "Accounts of people who are over"
grain = "one identifier that goes"
needs = ["person_over"]
comes_back = true
*/
SELECT
    i."system",
    i.identifier
FROM lake.identifiers AS i
SEMI JOIN forgetting.person_over USING (person_key)
