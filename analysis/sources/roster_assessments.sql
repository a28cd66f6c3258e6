/*
title   = "Roster: assessments of persons"
titre   = "Registre : résultats de personnes à un test"
fills   = "assessments"
reads   = ["csv"]
needs   = ["person_id", "test", "domain", "taken_on", "score", "scale"]
keys    = { person_key = ["person_id", "roster"] }
columns = { taken_on = ["taken_on", "year-month-day"], score = ["score", "a number"], scale = ["scale", "the lowest and the highest score, such as 0-20"] }
gives   = "scores of persons under pseudonyms: what the report on outcomes sets beside minutes; no report shows a score"
export  = "Written by you, from the results that the school or the town has: docs/how-to/open-data.md."
*/
SELECT
    record,
    person_id AS person_key,
    test,
    domain,
    TRY_CAST(taken_on AS DATE) AS taken_on,
    scale_written(scale) AS scale,
    decimal_number(score) AS score
FROM raw
