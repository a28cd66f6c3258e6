/*
title          = "The least change with the tablets that these data would have found"
why_it_matters = "Finding nothing means little where nothing could be found."
population     = "schools and tests whose pupils got tablets in a year that the protocol names, against schools that never had any; n counts the pupils of the equipped ones in the last year"
unit           = "sd"
statistic      = "slope"
source         = "standard error times t at 97.5 % plus t at 80 %: found four times in five"
shown_by       = ["overall"]
*/
SELECT
    uai,
    period,
    part AS breakdown,
    category,
    '' AS evidence,
    pupils AS n,
    CAST(NULL AS DOUBLE) AS numerator,
    CAST(NULL AS DOUBLE) AS denominator,
    -- results of whole schools: no pupil is known of, and their number stands for them
    CAST(pupils AS UBIGINT) AS population,
    detectable AS value
FROM marts.cohort_effect
WHERE detectable IS NOT NULL
