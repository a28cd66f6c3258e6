/*
title          = "Pupils with internet at home"
why_it_matters = "A tablet that goes home without a network does half of its work."
population     = "pupils enrolled on a school day of the period, of whom it is known"
unit           = "share"
statistic      = "share"
shown_by       = ["all", "social_band"]
adds           = ["pupils"]
overlaps       = ["school"]
*/
SELECT
    c.uai,
    c.period,
    c.breakdown,
    c.category,
    '' AS evidence,
    people_in(c.person_key) AS n,
    COUNT(DISTINCT c.person_key) FILTER (WHERE i.category = 'true') AS numerator,
    people_in(c.person_key) AS denominator,
    population_of(c.person_key) AS population
FROM marts.pupil_cut AS c
JOIN marts.pupil_cut AS i USING (uai, period, person_key, school_uai)
WHERE c.breakdown IN ('all', 'social_band') AND i.breakdown = 'home_internet' AND i.category <> 'unknown'
GROUP BY ALL
