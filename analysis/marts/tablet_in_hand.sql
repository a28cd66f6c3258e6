/*
title = "Tablets in pupils' hands on the last school day of data in each period, and whether another person held them before"
grain = "one individual tablet with one pupil, in each period and place"
needs = ["holding"]

[columns]
last_day = "last school day of data in the period"
had_other_holder = "whether another person held it before"
*/
WITH last_days AS (
    SELECT d.uai, p.period, MAX(d.local_date) AS last_day
    FROM marts.school_day AS d
    JOIN marts.period AS p ON d.uai = p.uai AND d.local_date BETWEEN p.from_date AND p.to_date
    WHERE d.is_school_day
    GROUP BY ALL
),

in_hand AS (
    SELECT DISTINCT l.uai, l.period, l.last_day, h.device_key, h.person_key
    FROM last_days AS l
    JOIN marts.holding AS h ON l.uai = h.uai AND l.last_day BETWEEN h.from_date AND h.to_date
    WHERE h.kind = 'individual' AND h.person_key IS NOT NULL
),

received AS (
    -- from the assignments: an earlier holder may have left before the registers name a class
    SELECT
        device_key,
        person_key,
        MIN(from_date) AS received_on,
        MIN(MIN(from_date)) OVER (PARTITION BY device_key) AS first_given_on
    FROM lake.assignments
    WHERE person_key IS NOT NULL
    GROUP BY device_key, person_key
),

schools AS (
    SELECT
        i.*,
        r.first_given_on < r.received_on AS had_other_holder
    FROM in_hand AS i
    JOIN received AS r USING (device_key, person_key)
)

SELECT * FROM schools
UNION ALL
SELECT * REPLACE ('territory' AS uai) FROM schools
