/*
title = "People who are over"
grain = "one person who goes"
needs = ["person_over"]
comes_back = true
*/
SELECT
    p.source,
    p.person_key
FROM lake.people AS p
SEMI JOIN forgetting.person_over USING (person_key)
