/*
title          = "School days on which a pupil visits the portal"
why_it_matters = "The portal is the one trace of use that every kind of tablet leaves."
population     = "school days of all enrolled pupils"
unit           = "share"
statistic      = "share"
shown_by       = ["all"]
adds           = ["pupils", "days"]
remainder      = ["days"]
*/
SELECT
    uai,
    period,
    breakdown,
    category,
    'estimated' AS evidence,
    people_in(person_key) AS n,
    SUM(days_visiting) AS numerator,
    SUM(days) AS denominator,
    population_of(person_key) AS population
FROM marts.enrolled_period AS e
-- a school of which no portal sent anything has nothing to say, which is not zero
SEMI JOIN marts.portal_period AS o ON e.school_uai = o.uai AND e.period = o.period
GROUP BY ALL
