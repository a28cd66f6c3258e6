/*
title          = "Minutes outside the hours of class per pupil and school day, where the tablet may go home"
why_it_matters = "Whether school work goes on at home."
population     = "school days of pupils who may take their individual tablet home on that day, days without use included; only where the hour is known"
unit           = "minutes"
statistic      = "mean"
shown_by       = ["all"]
adds           = ["pupils", "days"]
*/
WITH people AS (
    SELECT
        w.place AS uai,
        p.period,
        d.evidence,
        d.person_key,
        SUM(microseconds(d.home_seconds)) / 1e6 AS seconds,
        COUNT(*) AS days
    FROM marts.home_day AS d
    JOIN marts.period AS p ON d.uai = p.uai AND d.local_date BETWEEN p.from_date AND p.to_date
    JOIN marts.place AS w ON d.uai = w.uai AND p.period = w.period AND d.evidence = w.evidence AND w.kind = 'individual'
    WHERE d.is_school_day AND d.home_seconds IS NOT NULL
    GROUP BY ALL
)

SELECT
    uai,
    period,
    'all' AS breakdown,
    'all' AS category,
    evidence,
    COUNT(*) AS n,
    SUM(microseconds(seconds)) / 60e6 AS numerator,
    SUM(days) AS denominator,
    population_of(person_key) AS population,
    largest_part(seconds) AS largest
FROM people
GROUP BY ALL
