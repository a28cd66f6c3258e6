/*
title          = "Gap in minutes per school day between two groups of pupils"
why_it_matters = "Whether the tablet serves some pupils more than others of the same class."
population     = "pupils with at least one equipped school day; n counts the smaller side. Girls less boys, the least favoured band of the register less the others, without internet at home less with, with a support plan less without: inside the same class. Classes whose tablets go home less the others, REP schools less the others, the third of the schools with the lowest IPS less the highest: between classes, between schools"
unit           = "minutes"
interval       = "95 %, t on the gaps of classes (over the territory, of schools); for groups of whole classes or schools, two-sample t on their means"
statistic      = "gap"
computed_by    = "measured.gap"
source         = "t on class means: pupils of a class share a teacher, and a bootstrap of pupils holds the truth one time in two (docs/intervals.md)"
shown_by       = ["sex", "social_band", "home_internet", "support", "take_home", "rep", "ips"]
*/
SELECT
    uai,
    period,
    breakdown,
    category,
    evidence,
    LEAST(COUNT(*) FILTER (WHERE is_here), COUNT(*) FILTER (WHERE NOT is_here)) AS n,
    CAST(NULL AS DOUBLE) AS numerator,
    CAST(NULL AS DOUBLE) AS denominator,
    -- of the smaller side, which n counts
    IF(
        COUNT(*) FILTER (WHERE is_here) <= COUNT(*) FILTER (WHERE NOT is_here),
        population_of(IF(is_here, person_key, NULL)),
        population_of(IF(is_here, NULL, person_key))
    ) AS population,
    LIST(minutes ORDER BY person_key) AS amounts,
    LIST(cluster_key ORDER BY person_key) AS clusters,
    LIST(is_here ORDER BY person_key) AS is_here,
    -- over the whole territory, gaps of classes are averaged by school, and schools are what varies
    IF(uai = 'territory', LIST(school_uai ORDER BY person_key), NULL) AS groups,
    is_between
FROM marts.gap_pupil
GROUP BY uai, period, breakdown, category, evidence, is_between
HAVING COUNT(DISTINCT is_here) = 2
