/*
title = "Every pupil with an individual device in every school week: days of use, and whether the pupil is active (5 minutes or more on a school day)"
grain = "one pupil of one school in one week with a school day on which the pupil is equipped, in each period and place, per evidence class"
needs = ["pupil_period"]

[columns]
days = "school days of the week on which the pupil holds a tablet"
is_active = "whether it was 5 minutes or more on one school day of the week"
*/
SELECT
    uai,
    period,
    -- whose weeks these are; a mart of other people's weeks (those of the portal) has the same columns and other categories
    'all' AS breakdown,
    'all' AS category,
    evidence,
    person_key,
    school_uai,
    CAST(category AS DATE) AS week,
    SUM(days) AS days,
    SUM(days_used) AS days_used,
    SUM(days_5_30 + days_over_30) > 0 AS is_active
FROM marts.pupil_period
WHERE breakdown = 'week' AND days > 0
GROUP BY uai, period, evidence, person_key, school_uai, week
