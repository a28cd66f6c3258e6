/*
title          = "Equipped pupils whose tablet works"
why_it_matters = "The first level of access: a tablet that gave a sign in the last 14 days."
population     = "pupils who hold an individual tablet on the last school day of the period that logs of its kind reach"
unit           = "share"
statistic      = "share"
shown_by       = ["all", "level", "cycle", "sex", "social_band", "home_internet", "support", "take_home", "rep", "ips"]
adds           = ["pupils"]
overlaps       = ["school", "level", "cycle", "take_home", "rep", "ips"]
*/
SELECT
    t.uai,
    t.period,
    c.breakdown,
    c.category,
    t.evidence,
    people_in(t.person_key) AS n,
    COUNT(DISTINCT t.person_key) FILTER (WHERE t.days_silent < 14) AS numerator,
    people_in(t.person_key) AS denominator,
    population_of(t.person_key) AS population
FROM marts.tablet_sign AS t
JOIN marts.pupil_cut AS c USING (uai, period, person_key, school_uai)
WHERE t.kind = 'individual'
GROUP BY ALL
