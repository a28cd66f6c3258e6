/*
title          = "Pupil-days used, under 5 minutes"
why_it_matters = "One claim is that use lasts five minutes at least."
population     = "school days of pupils who hold an individual tablet, days without use included"
unit           = "share"
statistic      = "share"
shown_by       = ["all"]
adds           = ["pupils", "days"]
*/
SELECT
    uai,
    period,
    breakdown,
    category,
    evidence,
    people_in(person_key) AS n,
    SUM(days_under_5) AS numerator,
    SUM(days) AS denominator,
    population_of(person_key) AS population
FROM marts.pupil_period
WHERE days > 0
GROUP BY ALL
