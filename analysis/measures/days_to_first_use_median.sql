/*
title          = "School days from handing over to first use, median"
why_it_matters = "How long a new tablet waits in the bag; who has not begun counts too."
population     = "tablets handed over to a pupil in the period; the day of handing over is day 1, a use on a day without school counts as the school day before; those not yet used are followed to the end of the holding, the enrolment, the data or the period"
unit           = "days"
interval       = "95 %, delete-one-class jackknife (schools for the territory) of the Kaplan-Meier curve on log(-log), t"
statistic      = "median"
shown_by       = ["all"]
computed_by    = "survival.median_days"
source         = "Kaplan, Meier, JASA 53, 1958; Brookmeyer, Crowley, Biometrics 38, 1982"
*/
SELECT
    uai,
    period,
    'all' AS breakdown,
    'all' AS category,
    evidence,
    COUNT(DISTINCT person_key) AS n,
    CAST(NULL AS DOUBLE) AS numerator,
    COUNT(*) AS denominator,
    population_of(person_key) AS population,
    LIST(days ORDER BY device_key, person_key) AS days,
    LIST(is_used ORDER BY device_key, person_key) AS is_event,
    LIST(cluster_key ORDER BY device_key, person_key) AS clusters
FROM marts.handover
GROUP BY uai, period, evidence
