/*
title          = "The least association that these data would have found"
why_it_matters = "Finding nothing means little where nothing could be found."
population     = "pupils with two results in the same domain and measured minutes per school day between them, in schools above the floor of coverage. within_classes: pupils against their classmates; between_classes: classes against classes"
unit           = "sd"
statistic      = "slope"
source         = "standard error of the slope times t at 97.5 % plus t at 80 %: found four times in five"
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
    t.detectable AS value
FROM marts.progress_term AS t
JOIN marts.progress_seat AS s USING (period, evidence, test, domain)
WHERE t.detectable IS NOT NULL
GROUP BY ALL
