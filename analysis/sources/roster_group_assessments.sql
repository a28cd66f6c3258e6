/*
title   = "Roster: assessments of classes and schools"
titre   = "Registre : résultats de classes et d’écoles à un test"
fills   = "group_assessments"
reads   = ["csv"]
needs   = ["test", "domain", "taken_on", "pupils", "mean_score", "scale"]
may     = ["class_id", "uai", "sd_score"]
keys    = { class_key = ["class_id", "class"] }
columns = { taken_on = ["taken_on", "year-month-day"], pupils = ["pupils", "a whole number"], mean_score = ["mean_score", "a number"], sd_score = ["sd_score", "a number"], scale = ["scale", "the lowest and the highest score, such as 0-20"] }
gives   = "mean scores of classes or schools: what the report on outcomes sets beside minutes; no report shows one"
export  = "Written by you, from the results that the school or the town has: docs/how-to/open-data.md."
*/
SELECT
    record,
    class_id AS class_key,
    UPPER(uai) AS uai,
    test,
    domain,
    TRY_CAST(taken_on AS DATE) AS taken_on,
    whole_number(pupils) AS pupils,
    scale_written(scale) AS scale,
    decimal_number(mean_score) AS mean_score,
    decimal_number(sd_score) AS sd_score
FROM raw
