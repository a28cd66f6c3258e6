/*
title          = "Tablets first used within some school days of handing over"
why_it_matters = "One number for every day of patience: on the first day, after a week, two, four and eight."
population     = "tablets handed over to a pupil in the period; the day of handing over is day 1, a use on a day without school counts as the school day before; those not yet used are followed to the end of the holding, the enrolment, the data or the period"
unit           = "share"
interval       = "95 %, delete-one-class jackknife (schools for the territory) of the Kaplan-Meier curve on log(-log), t"
statistic      = "share"
shown_by       = ["within"]
computed_by    = "survival.started_share"
source         = "Kaplan, Meier, JASA 53, 1958; Lipsitz, Parzen, Biometrics 52, 1996"
cumulative     = { within = ["1", "5", "10", "20", "40"] }
*/
WITH handovers AS (
    SELECT
        uai,
        period,
        evidence,
        COUNT(DISTINCT person_key) AS n,
        population_of(person_key) AS population,
        COUNT(*) AS handed_over,
        LIST(days ORDER BY device_key, person_key) AS days,
        LIST(is_used ORDER BY device_key, person_key) AS is_event,
        LIST(cluster_key ORDER BY device_key, person_key) AS clusters
    FROM marts.handover
    GROUP BY uai, period, evidence
)

SELECT
    h.uai,
    h.period,
    'within' AS breakdown,
    CAST(w.school_days AS VARCHAR) AS category,
    h.evidence,
    h.n,
    CAST(NULL AS DOUBLE) AS numerator,
    h.handed_over AS denominator,
    h.population,
    h.days,
    h.is_event,
    h.clusters,
    w.school_days AS "within"
FROM handovers AS h
CROSS JOIN (SELECT UNNEST([1, 5, 10, 20, 40]) AS school_days) AS w
