/*
title          = "How much an unmeasured cause would have to explain to undo an association"
why_it_matters = "What nobody measured, such as help at home, may be behind it."
population     = "pupils with two results in the same domain and measured minutes per school day between them, in schools above the floor of coverage. within_classes: pupils against their classmates; between_classes: classes against classes"
unit           = "share"
statistic      = "index"
source         = "Cinelli and Hazlett 2020, robustness value: the share of what is left unexplained of minutes and of results alike"
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
    t.robustness AS value
FROM marts.progress_term AS t
JOIN marts.progress_seat AS s USING (period, evidence, test, domain)
WHERE t.robustness IS NOT NULL
GROUP BY ALL
