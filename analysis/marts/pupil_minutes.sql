/*
title = "Each pupil's minutes per school day, in the class and the school of most of the days: what inequality and gaps are made of"
grain = "one pupil in one period and place, per evidence class"
needs = ["pupil_period", "place"]

[columns]
days = "school days of the period on which the pupil holds a tablet"
minutes = "minutes per school day, days without use included"
*/
WITH stays AS (
    SELECT
        w.place AS uai,
        s.period,
        s.evidence,
        s.person_key,
        s.school_uai,
        s.cluster_key AS class_key,
        s.seconds,
        s.days
    FROM marts.pupil_period AS s
    JOIN marts.place AS w ON s.uai = w.uai AND s.period = w.period AND s.evidence = w.evidence AND w.kind = 'individual'
    -- only the rows of a school say in which class
    WHERE s.uai = s.school_uai AND s.breakdown = 'all' AND s.days > 0
)

SELECT
    uai,
    period,
    evidence,
    person_key,
    FIRST(school_uai ORDER BY days DESC, school_uai ASC, class_key ASC) AS school_uai,
    FIRST(class_key ORDER BY days DESC, school_uai ASC, class_key ASC) AS class_key,
    SUM(days) AS days,
    SUM(microseconds(seconds)) / 60e6 / SUM(days) AS minutes
FROM stays
GROUP BY uai, period, evidence, person_key
