/*
title          = "Minutes per pupil and school day before and after a training"
why_it_matters = "What was there before, and what after. Use changes over a year for many reasons: read it beside the schools that were not trained."
population     = "school days of pupils who hold an individual tablet, in a school that was trained, from the start of the period and to its end. Only sessions of a whole school (one person's would show one class), with three school weeks heard of on each side; the day itself counts on neither. The category is the day of the session"
unit           = "minutes"
statistic      = "mean"
shown_by       = ["before", "after"]
*/
WITH sides AS (
    SELECT uai, period, 'before' AS breakdown, held_on, evidence, person_key, minutes_before AS minutes, days_before AS days
    FROM marts.training_pupil
    UNION ALL
    SELECT uai, period, 'after' AS breakdown, held_on, evidence, person_key, minutes_after AS minutes, days_after AS days
    FROM marts.training_pupil
),

people AS (
    -- a pupil who changes classes is one pupil
    SELECT uai, period, breakdown, held_on, evidence, person_key, SUM(minutes) AS minutes, SUM(days) AS days
    FROM sides
    WHERE days > 0
    GROUP BY ALL
)

SELECT
    uai,
    period,
    breakdown,
    CAST(held_on AS VARCHAR) AS category,
    evidence,
    COUNT(*) AS n,
    SUM(minutes) AS numerator,
    SUM(days) AS denominator,
    population_of(person_key) AS population,
    largest_part(minutes) AS largest
FROM people
GROUP BY ALL
