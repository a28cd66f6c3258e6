/*
title = "Tablets handed over to pupils in each period: school days until the first use, or until nobody could see one any more"
grain = "one tablet handed over to one pupil, in each period that holds the day and in each place, per evidence class of that day"
needs = ["device_day", "holding", "place"]

[columns]
days = "school days until the first use, or until nobody could see one any more"
is_used = "whether it was used by the end of the period"
*/
WITH received AS (
    -- the first day on which this pupil holds this tablet: a new class, or the same tablet back from repair, is no new start
    SELECT device_key, person_key, MIN(from_date) AS handed_on
    FROM marts.holding
    WHERE kind = 'individual' AND person_key IS NOT NULL
    GROUP BY ALL
),

assigned AS (
    SELECT device_key, person_key, MIN(from_date) AS assigned_on
    FROM lake.assignments
    WHERE person_key IS NOT NULL
    GROUP BY ALL
),

first_days AS (
    SELECT
        d.uai,
        d.evidence,
        r.device_key,
        r.person_key,
        r.handed_on,
        MIN(d.class_key) AS class_key
    FROM received AS r
    JOIN assigned AS a USING (device_key, person_key)
    JOIN marts.device_day AS d ON r.device_key = d.device_key AND r.person_key = d.person_key AND r.handed_on = d.local_date
    WHERE
        d.seconds IS NOT NULL
        -- a tablet of an earlier school year was handed over then, not when the registers begin to name the pupil's class
        AND YEAR(a.assigned_on - INTERVAL 7 MONTH) = YEAR(r.handed_on - INTERVAL 7 MONTH)
    GROUP BY ALL
),

days AS (
    SELECT DISTINCT
        f.*,
        d.local_date,
        d.is_school_day,
        MIN(d.local_date) FILTER (WHERE d.seconds > 0) OVER (PARTITION BY f.device_key, f.person_key, f.uai, f.evidence) AS used_on
    FROM first_days AS f
    JOIN marts.device_day AS d USING (device_key, person_key, uai, evidence)
),

followed AS (
    SELECT
        p.period,
        d.uai,
        d.evidence,
        d.device_key,
        d.person_key,
        d.class_key,
        COALESCE(d.used_on <= p.to_date, FALSE) AS is_used,
        COUNT(*) FILTER (WHERE d.is_school_day AND d.local_date <= LEAST(COALESCE(d.used_on, p.to_date), p.to_date)) AS school_days
    FROM days AS d
    JOIN marts.period AS p ON d.uai = p.uai AND d.handed_on BETWEEN p.from_date AND p.to_date
    GROUP BY ALL
)

SELECT
    w.place AS uai,
    f.period,
    f.evidence,
    f.device_key,
    f.person_key,
    -- a use before the first day of class counts as one on that day
    GREATEST(f.school_days, CAST(f.is_used AS BIGINT)) AS days,
    f.is_used,
    -- for the whole territory, schools are what varies: they are its clusters
    IF(w.place = 'territory', f.uai, f.class_key) AS cluster_key
FROM followed AS f
JOIN marts.place AS w ON f.uai = w.uai AND f.period = w.period AND f.evidence = w.evidence AND w.kind = 'individual'
-- a tablet handed over after the last day of class was not followed on any
WHERE f.school_days > 0 OR f.is_used
