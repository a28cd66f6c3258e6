/*
title          = "Progress in a test by fifths of minutes a day"
why_it_matters = "Whether more goes with more all along, or up to a point."
population     = "pupils with two results in the same domain and measured minutes per school day between them, in schools above the floor of coverage, in five groups of equal size by their minutes, the lowest first"
unit           = "sd"
statistic      = "slope"
interval       = "95 %, t on the means of the classes in each fifth"
source         = "what is left of the later result after the earlier one and the level, in standard deviations"
shown_by       = ["fifth_1", "fifth_2", "fifth_3", "fifth_4", "fifth_5"]
*/
SELECT
    f.uai,
    f.period,
    'fifth_' || f.fifth AS breakdown,
    f.outcome AS category,
    f.evidence,
    COUNT(*) AS n,
    CAST(NULL AS DOUBLE) AS numerator,
    CAST(NULL AS DOUBLE) AS denominator,
    population_of(s.person_key) AS population,
    f.value,
    f.low,
    f.high,
    f.clusters
FROM marts.progress_fifth AS f
JOIN marts.progress_seat AS s USING (period, evidence, test, domain, fifth)
WHERE f.value IS NOT NULL
GROUP BY ALL
