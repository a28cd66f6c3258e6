/*
title          = "Apps of the catalogue that a pupil uses, median"
why_it_matters = "One app opened every day is another thing than ten."
population     = "pupils with an app in front of their individual tablet on a school day; a pupil who opens none of the catalogue counts with 0"
unit           = "apps"
statistic      = "median"
counts         = "users"
shown_by       = ["all"]
*/
WITH opened AS (
    SELECT DISTINCT
        s.uai,
        s.person_key,
        s.local_date,
        c.app_id
    FROM marts.app_span AS s
    JOIN marts.pupil_day AS d
        ON s.person_key = d.person_key AND s.uai = d.uai AND s.local_date = d.local_date
        AND s.evidence = d.evidence AND d.evidence = 'foreground'
    LEFT JOIN lake.app_catalogue AS c USING (app_id)
    WHERE
        s.kind = 'individual' AND d.is_school_day
        -- without any catalogue there is nothing to count, which is not zero
        AND EXISTS(FROM lake.app_catalogue)
),

pupils AS (
    SELECT
        w.place AS uai,
        p.period,
        o.person_key,
        COUNT(DISTINCT o.app_id) AS apps
    FROM opened AS o
    JOIN marts.period AS p ON o.uai = p.uai AND o.local_date BETWEEN p.from_date AND p.to_date
    JOIN marts.place AS w ON o.uai = w.uai AND p.period = w.period AND w.evidence = 'foreground' AND w.kind = 'individual'
    GROUP BY ALL
)

SELECT
    uai,
    period,
    'all' AS breakdown,
    'all' AS category,
    'foreground' AS evidence,
    COUNT(*) AS n,
    CAST(NULL AS DOUBLE) AS numerator,
    COUNT(*) AS denominator,
    MEDIAN(apps) AS value,
    population_of(person_key) AS population
FROM pupils
GROUP BY ALL
