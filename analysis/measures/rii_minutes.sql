/*
title          = "Relative index of inequality: minutes at the highest IPS over those at the lowest"
why_it_matters = "The slope index as a ratio, which can be compared from one year to the next though use grows."
population     = "schools whose IPS is known, each with the mean minutes per school day of its pupils, weighed by their number; the territory only, from 5 schools on"
unit           = "index"
statistic      = "index"
computed_by    = "measured.relative_ratio"
source         = "the two ends of the line of the slope index; nothing where the lower end is not above 0"
shown_by       = ["all"]
*/
SELECT
    uai,
    period,
    'all' AS breakdown,
    'all' AS category,
    evidence,
    SUM(pupils) AS n,
    CAST(NULL AS DOUBLE) AS numerator,
    CAST(NULL AS DOUBLE) AS denominator,
    BIT_XOR(population) AS population,
    LIST(minutes ORDER BY school_uai) AS amounts,
    LIST(ips ORDER BY school_uai) AS ranked_by,
    LIST(pupils ORDER BY school_uai) AS weights
FROM marts.school_rank
GROUP BY ALL
HAVING COUNT(*) >= 5
