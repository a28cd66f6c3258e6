/*
title          = "Pupils with an individual tablet"
why_it_matters = "Everything else is said of them alone."
population     = "pupils enrolled on at least one school day of the period"
unit           = "share"
statistic      = "share"
shown_by       = ["all"]
*/
SELECT
    uai,
    period,
    breakdown,
    category,
    '' AS evidence,
    COUNT(DISTINCT person_key) AS n,
    COUNT(DISTINCT person_key) FILTER (WHERE days_equipped > 0) AS numerator,
    COUNT(DISTINCT person_key) AS denominator
FROM marts.enrolled_period
GROUP BY ALL
