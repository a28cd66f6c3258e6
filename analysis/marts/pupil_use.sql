/*
title = "What each equipped pupil's use comes to in each period: active, regular, left out"
grain = "one pupil of one school in one period and place, per evidence class"
needs = ["active_week"]

[columns]
weeks = "school weeks in which the pupil holds a tablet"
weeks_used = "those of these weeks with any use"
is_left_out = "whether there was use on fewer days than there are weeks"
*/
WITH whole AS (
    -- a pupil who changes schools is one pupil of the territory, and the week of the move is one week
    SELECT
        uai,
        period,
        evidence,
        person_key,
        COUNT(DISTINCT week) AS weeks,
        COUNT(DISTINCT week) FILTER (WHERE days_used > 0) AS weeks_used,
        SUM(days) AS days,
        SUM(days_used) AS days_used,
        BOOL_OR(is_active) AS is_active
    FROM marts.active_week
    GROUP BY ALL
),

memberships AS (
    SELECT DISTINCT uai, period, evidence, person_key, school_uai
    FROM marts.active_week
)

SELECT
    w.*,
    m.school_uai,
    -- three weeks of four, in whole numbers
    w.is_active AND 4 * w.weeks_used >= 3 * w.weeks AS is_regular,
    w.days_used < w.weeks AS is_left_out
FROM whole AS w
JOIN memberships AS m USING (uai, period, evidence, person_key)
