/*
title          = "Share of all minutes made by the pupils with the fewest"
why_it_matters = "The inequality of minutes in a sentence: the fifth of the pupils who use the tablet least make so much of all use."
population     = "pupils with at least one equipped school day, each once, with the minutes per school day of the period; the category is the share of pupils, in percent"
unit           = "share"
statistic      = "fifth"
computed_by    = "measured.lorenz_share"
source         = "Lorenz curve, straight between pupils (Cowell, Measuring Inequality, 2011)"
shown_by       = ["lowest"]
cumulative     = { lowest = ["20", "40", "60", "80"] }
*/
WITH cut AS (
    SELECT *, UNNEST([20, 40, 60, 80]) AS percent
    FROM marts.pupil_minutes
)

SELECT
    uai,
    period,
    'lowest' AS breakdown,
    CAST(percent AS VARCHAR) AS category,
    evidence,
    COUNT(*) AS n,
    CAST(NULL AS DOUBLE) AS numerator,
    CAST(NULL AS DOUBLE) AS denominator,
    population_of(person_key) AS population,
    LIST(minutes ORDER BY person_key) AS amounts,
    percent / 100 AS lowest
FROM cut
GROUP BY uai, period, percent, evidence
