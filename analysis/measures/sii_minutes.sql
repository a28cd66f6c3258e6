/*
title          = "Slope index of inequality: minutes from the lowest to the highest IPS of schools"
why_it_matters = "Whether pupils of schools with a high social index use the tablet more. It compares schools: of one pupil it says nothing."
population     = "schools whose IPS is known, each with the mean minutes per school day of its pupils, weighed by their number; the territory only, from 5 schools on"
unit           = "minutes"
interval       = "95 %, t with 2 degrees of freedom fewer than schools, standard error HC3 (docs/intervals.md)"
statistic      = "gap"
computed_by    = "concentration.slope_index"
source         = "O'Donnell and others, Analyzing Health Equity Using Household Survey Data, World Bank, 2008; ridits: midpoints of the cumulative population"
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
