/*
title          = "Pupil-days of 5 to 30 minutes"
why_it_matters = "The claim to check: five minutes to half an hour a day."
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
    SUM(days_5_30) AS numerator,
    SUM(days) AS denominator,
    population_of(person_key) AS population
FROM marts.pupil_period
WHERE days > 0
GROUP BY ALL
