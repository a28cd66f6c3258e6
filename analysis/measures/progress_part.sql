/*
title          = "How much of the differences in results lies between classes and between schools"
why_it_matters = "What pupils of a class have in common is no work of each of them."
population     = "pupils with two results in the same domain and measured minutes per school day between them, in schools above the floor of coverage"
unit           = "share"
statistic      = "index"
source         = "variance components of the model without any explanation (intraclass correlation)"
shown_by       = ["class", "school"]
*/
SELECT
    m.uai,
    m.period,
    m.part AS breakdown,
    m.outcome AS category,
    m.evidence,
    COUNT(*) AS n,
    CAST(NULL AS DOUBLE) AS numerator,
    CAST(NULL AS DOUBLE) AS denominator,
    population_of(s.person_key) AS population,
    m.value
FROM marts.progress_part AS m
JOIN marts.progress_seat AS s USING (period, evidence, test, domain)
WHERE m.value IS NOT NULL
GROUP BY ALL
