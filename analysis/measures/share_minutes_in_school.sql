/*
title          = "Share of minutes within the hours of class"
why_it_matters = "A tablet given for class may live at home, and the other way round."
population     = "minutes of school days of pupils who hold an individual tablet; only where the hour is known"
unit           = "share"
statistic      = "share"
shown_by       = ["all"]
adds           = ["pupils", "days"]
*/
WITH people AS (
    SELECT
        uai,
        period,
        breakdown,
        category,
        evidence,
        person_key,
        SUM(microseconds(in_school_seconds)) / 1e6 AS in_school_seconds,
        SUM(microseconds(timed_seconds)) / 1e6 AS seconds
    FROM marts.pupil_period
    WHERE days > 0 AND breakdown IN ('all', 'level') AND in_school_seconds IS NOT NULL
    GROUP BY ALL
)

SELECT
    uai,
    period,
    breakdown,
    category,
    evidence,
    COUNT(*) AS n,
    SUM(microseconds(in_school_seconds)) / 60e6 AS numerator,
    SUM(microseconds(seconds)) / 60e6 AS denominator,
    population_of(person_key) AS population,
    GREATEST(largest_part(in_school_seconds), largest_part(seconds)) AS largest
FROM people
GROUP BY ALL
