/*
title          = "Pupil-days of 5 minutes or more"
why_it_matters = "Stands for its two parts where one of them may not be shown alone."
population     = "school days of pupils who hold an individual tablet, days without use included"
unit           = "share"
statistic      = "share"
shown_by       = ["all"]
adds           = ["pupils", "days"]
sum_of         = ["share_pupil_days_5_30", "share_pupil_days_over_30"]
*/
SELECT
    uai,
    period,
    breakdown,
    category,
    evidence,
    people_in(person_key) AS n,
    SUM(days_5_30 + days_over_30) AS numerator,
    SUM(days) AS denominator,
    population_of(person_key) AS population
FROM marts.pupil_period
WHERE days > 0
GROUP BY ALL
