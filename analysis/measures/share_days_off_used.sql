/*
title          = "Days without school with any use"
why_it_matters = "Does it serve on Wednesdays, at weekends, in the holidays?"
population     = "days without school of pupils who hold an individual tablet"
unit           = "share"
statistic      = "share"
shown_by       = ["all", "take_home"]
adds           = ["pupils", "days off"]
remainder      = ["days"]
*/
SELECT
    u.uai,
    u.period,
    c.breakdown,
    c.category,
    u.evidence,
    COUNT(DISTINCT u.person_key) AS n,
    SUM(u.days_off_used) AS numerator,
    SUM(u.days_off) AS denominator,
    population_of(u.person_key) AS population
FROM marts.pupil_period AS u
JOIN marts.pupil_cut AS c USING (uai, period, person_key, school_uai)
WHERE u.days_off > 0 AND u.breakdown = 'all' AND c.breakdown IN ('all', 'take_home')
GROUP BY ALL
