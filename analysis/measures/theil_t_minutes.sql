/*
title          = "Theil's T of pupils' minutes"
why_it_matters = "The one common index that splits exactly into what lies between classes and what lies inside them, zeros included."
population     = "pupils with at least one equipped school day, each once, with the minutes per school day of the period"
unit           = "index"
statistic      = "index"
computed_by    = "measured.theil_t"
source         = "Theil, Economics and Information Theory, 1967: mean of (x/m) ln (x/m), with 0 ln 0 = 0"
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
