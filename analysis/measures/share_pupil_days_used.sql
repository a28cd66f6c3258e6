/*
title          = "Pupil-days with any use"
why_it_matters = "A tablet that stays in the bag changes nothing."
population     = "school days of pupils who hold an individual tablet, days without use included"
unit           = "share"
statistic      = "share"
shown_by       = ["all", "level", "cycle", "week"]
adds           = ["pupils", "days"]
sum_of         = ["share_pupil_days_under_5", "share_pupil_days_over_5"]
*/
SELECT
    uai,
    period,
    breakdown,
    category,
    evidence,
    people_in(person_key) AS n,
    SUM(days_used) AS numerator,
    SUM(days) AS denominator,
    population_of(person_key) AS population
FROM marts.pupil_period
WHERE days > 0
GROUP BY ALL
