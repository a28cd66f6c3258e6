/*
title          = "Pupils left out"
why_it_matters = "A mean hides those whom the use passes by."
population     = "pupils with an individual tablet on a school day; left out: fewer school days with use than school weeks with the tablet, less than once a week"
unit           = "share"
statistic      = "share"
shown_by       = ["all", "level", "cycle", "sex", "social_band", "home_internet", "support", "take_home", "rep", "ips"]
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
    COUNT(DISTINCT u.person_key) FILTER (WHERE u.is_left_out) AS numerator,
    people_in(u.person_key) AS denominator,
    population_of(u.person_key) AS population
FROM marts.pupil_use AS u
JOIN marts.pupil_cut AS c USING (uai, period, person_key, school_uai)
GROUP BY ALL
