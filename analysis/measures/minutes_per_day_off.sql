/*
title          = "Minutes per pupil and day without school"
why_it_matters = "Minutes of days without school are kept apart from those of school days."
population     = "days without school of pupils who hold an individual tablet, days without use included"
unit           = "minutes"
statistic      = "mean"
shown_by       = ["all"]
adds           = ["pupils", "days off"]
*/
WITH people AS (
    SELECT
        uai,
        period,
        breakdown,
        category,
        evidence,
        person_key,
        SUM(microseconds(off_seconds)) / 1e6 AS seconds,
        SUM(days_off) AS days
    FROM marts.pupil_period
    WHERE days_off > 0 AND breakdown = 'all'
    GROUP BY ALL
)

SELECT
    uai,
    period,
    breakdown,
    category,
    evidence,
    COUNT(*) AS n,
    SUM(microseconds(seconds)) / 60e6 AS numerator,
    SUM(days) AS denominator,
    population_of(person_key) AS population,
    largest_part(seconds) AS largest
FROM people
GROUP BY ALL
