/*
title = "What each person of the registers did on the portal in each period: came ever, came in the period, came regularly"
grain = "one person in one period, in each place that counts this person"
needs = ["portal_week", "portal_day", "whole_period"]

[columns]
weeks = "school weeks that the portal's data reach"
weeks_on_school_days = "those of these weeks with a visit on a school day"
*/
WITH first_trace AS (
    SELECT person_key, MIN(local_date) AS first_day
    FROM marts.portal_day
    GROUP BY person_key
),

in_period AS (
    SELECT
        v.person_key,
        p.period,
        SUM(v.visits) AS visits
    FROM marts.portal_day AS v
    JOIN marts.whole_period AS p ON v.local_date BETWEEN p.from_date AND p.to_date
    GROUP BY ALL
),

weekly AS (
    SELECT
        uai,
        period,
        profile,
        person_key,
        BOOL_OR(has_account) AS has_account,
        COUNT(*) AS weeks,
        COUNT(*) FILTER (WHERE is_on_school_day) AS weeks_on_school_days
    FROM marts.portal_week
    GROUP BY ALL
)

SELECT
    w.*,
    COALESCE(v.visits, 0) AS visits,
    COALESCE(f.first_day <= e.to_date, FALSE) AS is_activated,
    COALESCE(v.visits, 0) > 0 AS is_active,
    -- a visit that began on the eve of the period shows on its first day, and is none of the period
    COALESCE(v.visits, 0) > 0 AND w.weeks_on_school_days >= 0.75 * w.weeks AS is_regular
FROM weekly AS w
JOIN marts.whole_period AS e USING (period)
LEFT JOIN first_trace AS f USING (person_key)
LEFT JOIN in_period AS v ON w.person_key = v.person_key AND w.period = v.period
