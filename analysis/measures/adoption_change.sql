/*
title          = "Change of results when tablets came, less that of schools without tablets"
why_it_matters = "Whether results moved with the tablets, and not with the years."
population     = "schools and tests whose pupils got tablets in a year that the protocol names, against schools that never had any; n counts the pupils of the equipped ones in the last year"
unit           = "sd"
statistic      = "slope"
interval       = "95 %, t on schools"
source         = "Callaway and Sant'Anna 2021, against the never-treated, in standard deviations of pupils; `since` counts years from the first with tablets, those before it are a check; `placebo` takes each to have begun a year earlier"
shown_by       = ["overall", "since", "placebo"]
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
    value,
    low,
    high,
    clusters
FROM marts.cohort_effect
WHERE value IS NOT NULL
