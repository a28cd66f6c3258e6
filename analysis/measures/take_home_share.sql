/*
title          = "Equipped pupils who may take their tablet home"
why_it_matters = "Teachers decide; a pupil whose tablet stays at school has half of it."
population     = "pupils with an individual tablet on a school day of the period, of whom it is known"
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
    COUNT(DISTINCT c.person_key) FILTER (WHERE t.category = 'true') AS numerator,
    people_in(c.person_key) AS denominator,
    population_of(c.person_key) AS population
FROM marts.pupil_cut AS c
JOIN marts.pupil_cut AS t USING (uai, period, person_key, school_uai)
JOIN marts.enrolled_period AS e USING (uai, period, person_key, school_uai)
WHERE
    c.breakdown IN ('all', 'social_band')
    AND t.breakdown = 'take_home' AND t.category <> 'unknown'
    AND e.breakdown = 'all' AND e.days_equipped > 0
GROUP BY ALL
