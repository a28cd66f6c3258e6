/*
title          = "How often other schools drawn by lot would give a change this large"
why_it_matters = "With few schools, only such draws say what chance can do."
population     = "schools and tests whose pupils got tablets in a year that the protocol names, against schools that never had any; n counts the pupils of the equipped ones in the last year"
unit           = "p"
statistic      = "slope"
source         = "randomisation inference over schools: Fisher 1935; Phipson and Smyth 2010"
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
    chance AS value
FROM marts.cohort_effect
WHERE chance IS NOT NULL
