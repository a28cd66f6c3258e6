/*
title          = "Gap in the share of regular users between two groups of pupils"
why_it_matters = "Whether the tablet has become a habit for some pupils more than for others of the same class."
population     = "pupils with at least one equipped school day; n counts the smaller side. Girls less boys, the least favoured band of the register less the others, without internet at home less with, with a support plan less without: inside the same class. Classes whose tablets go home less the others, REP schools less the others, the third of the schools with the lowest IPS less the highest: between classes, between schools"
unit           = "share"
interval       = "95 %, t on the gaps of classes (over the territory, of schools); for groups of whole classes or schools, two-sample t on their means"
statistic      = "gap"
computed_by    = "measured.gap"
source         = "t on class means: pupils of a class share a teacher, and a bootstrap of pupils holds the truth one time in two (docs/intervals.md)"
shown_by       = ["sex", "social_band", "home_internet", "support", "take_home", "rep", "ips"]
*/
SELECT
    g.uai,
    g.period,
    g.breakdown,
    g.category,
    g.evidence,
    LEAST(COUNT(*) FILTER (WHERE g.is_here), COUNT(*) FILTER (WHERE NOT g.is_here)) AS n,
    CAST(NULL AS DOUBLE) AS numerator,
    CAST(NULL AS DOUBLE) AS denominator,
    -- of the smaller side, which n counts
    IF(
        COUNT(*) FILTER (WHERE g.is_here) <= COUNT(*) FILTER (WHERE NOT g.is_here),
        population_of(IF(g.is_here, g.person_key, NULL)),
        population_of(IF(g.is_here, NULL, g.person_key))
    ) AS population,
    LIST(CAST(u.is_regular AS DOUBLE) ORDER BY g.person_key) AS amounts,
    LIST(g.cluster_key ORDER BY g.person_key) AS clusters,
    LIST(g.is_here ORDER BY g.person_key) AS is_here,
    -- over the whole territory, gaps of classes are averaged by school, and schools are what varies
    IF(g.uai = 'territory', LIST(g.school_uai ORDER BY g.person_key), NULL) AS groups,
    g.is_between
FROM marts.gap_pupil AS g
JOIN marts.pupil_use AS u USING (uai, period, evidence, person_key, school_uai)
GROUP BY g.uai, g.period, g.breakdown, g.category, g.evidence, g.is_between
HAVING COUNT(DISTINCT g.is_here) = 2
