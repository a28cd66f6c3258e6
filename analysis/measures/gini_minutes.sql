/*
title          = "Gini coefficient of pupils' minutes"
why_it_matters = "0 when all pupils have the same minutes, near 1 when a few have them all; to be read after the share of pupils without any use, of which it is mostly made."
population     = "pupils with at least one equipped school day, each once, with the minutes per school day of the period"
unit           = "index"
statistic      = "index"
computed_by    = "measured.gini"
source         = "Cowell, Measuring Inequality, 2011: half the mean difference of all pairs over the mean, zeros included"
shown_by       = ["all"]
*/
SELECT
    uai,
    period,
    'all' AS breakdown,
    'all' AS category,
    evidence,
    COUNT(*) AS n,
    CAST(NULL AS DOUBLE) AS numerator,
    CAST(NULL AS DOUBLE) AS denominator,
    population_of(person_key) AS population,
    LIST(minutes ORDER BY person_key) AS amounts
FROM marts.pupil_minutes
GROUP BY ALL
