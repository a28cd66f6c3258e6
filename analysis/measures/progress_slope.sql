/*
title          = "Progress in a test that goes with ten minutes more of the tablet a day"
why_it_matters = "Whether pupils, or classes, that use the tablet more progress otherwise: an association, never an effect."
population     = "pupils with two results in the same domain and measured minutes per school day between them, in schools above the floor of coverage. within_classes: pupils against their classmates; between_classes: classes against classes"
unit           = "sd"
statistic      = "slope"
interval       = "95 %, t on the classes and their schools"
source         = "Mundlak 1978: the mean of the class and the distance from it in one model of pupils in classes in schools, with the earlier result, the level and the school's social index"
shown_by       = ["within_classes", "between_classes"]
*/
SELECT
    t.uai,
    t.period,
    t.term || '_classes' AS breakdown,
    t.outcome AS category,
    t.evidence,
    COUNT(*) AS n,
    CAST(NULL AS DOUBLE) AS numerator,
    CAST(NULL AS DOUBLE) AS denominator,
    population_of(s.person_key) AS population,
    t.value,
    t.low,
    t.high,
    t.clusters
FROM marts.progress_term AS t
JOIN marts.progress_seat AS s USING (period, evidence, test, domain)
WHERE t.value IS NOT NULL
GROUP BY ALL
