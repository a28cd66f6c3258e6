/*
title          = "Regular pupils"
why_it_matters = "Use that comes back week after week, whatever its length."
population     = "pupils with an individual tablet on a school day; regular: 5 minutes or more on one school day at least, and any use on a school day in 75 % of the school weeks in which the pupil holds it (a week that the period cuts counts with its days inside)"
unit           = "share"
statistic      = "share"
shown_by       = ["all", "level", "cycle", "sex", "social_band", "home_internet", "support", "take_home", "rep", "ips"]
source         = "the project's definition of the adoption funnel: active is 5 minutes or more on a school day, regular a school day with use in 75 % of the school weeks"
adds           = ["pupils"]
overlaps       = ["school", "level", "cycle", "take_home", "rep", "ips"]
*/
SELECT
    u.uai,
    u.period,
    c.breakdown,
    c.category,
    u.evidence,
    people_in(u.person_key) AS n,
    COUNT(DISTINCT u.person_key) FILTER (WHERE u.is_regular) AS numerator,
    people_in(u.person_key) AS denominator,
    population_of(u.person_key) AS population
FROM marts.pupil_use AS u
JOIN marts.pupil_cut AS c USING (uai, period, person_key, school_uai)
GROUP BY ALL
