/*
title          = "How often chance alone would give an association this strong"
why_it_matters = "Many outcomes looked at find something by chance: beyond the one announced, it is said as adjusted for how many there are."
population     = "pupils with two results in the same domain and measured minutes per school day between them, in schools above the floor of coverage. within_classes: pupils against their classmates; between_classes: classes against classes"
unit           = "p"
statistic      = "slope"
source         = "t test of the slope; outcomes that are not primary by Benjamini and Hochberg 1995, within their role and evidence"
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
    t.chance AS value
FROM marts.progress_term AS t
JOIN marts.progress_seat AS s USING (period, evidence, test, domain)
WHERE t.chance IS NOT NULL
GROUP BY ALL
