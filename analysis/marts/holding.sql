/*
title = "Who holds which device, in which school, from when to when"
grain = "one device with one pupil (individual) or one class (shared) over one span of days"
needs = ["enrolment", "class_school", "school_zone"]
like = ["assignments", "devices", "schools"]

[columns]
class_key = "the pupil's class, or the class that shares it, as a keyed pseudonym"
from_date = "first day"
to_date = "last day; 9999-12-31 while it lasts"
*/
WITH in_turn AS (
    -- a device given on without a note of its return: the earlier holder keeps it until the eve
    SELECT
        *,
        COUNT(*) OVER (PARTITION BY device_key, from_date) AS holders,
        MIN(from_date) OVER (
            PARTITION BY device_key ORDER BY from_date
            RANGE BETWEEN INTERVAL 1 DAY FOLLOWING AND UNBOUNDED FOLLOWING
        ) AS next_from
    FROM lake.assignments
    WHERE person_key IS NOT NULL
),

one_holder AS (
    -- two persons from the same day on: nobody can say whose minutes they are, so they are nobody's
    SELECT
        device_key,
        person_key,
        from_date,
        LEAST(COALESCE(to_date, DATE '9999-12-31'), COALESCE(CAST(next_from AS DATE) - 1, DATE '9999-12-31')) AS to_date,
        take_home
    FROM in_turn
    WHERE holders = 1
),

pupils AS (
    SELECT
        h.device_key,
        h.person_key,
        e.class_key,
        e.uai,
        e.level,
        GREATEST(h.from_date, e.from_date) AS from_date,
        LEAST(h.to_date, e.to_date) AS to_date,
        h.take_home
    FROM one_holder AS h
    JOIN marts.enrolment AS e USING (person_key)
    WHERE GREATEST(h.from_date, e.from_date) <= LEAST(h.to_date, e.to_date)
),

trolleys AS (
    SELECT
        a.device_key,
        CAST(NULL AS VARCHAR) AS person_key,
        a.class_key,
        c.uai,
        CAST(NULL AS VARCHAR) AS level,
        a.from_date,
        COALESCE(a.to_date, DATE '9999-12-31') AS to_date,
        a.take_home
    FROM lake.assignments AS a
    JOIN (SELECT DISTINCT class_key, uai FROM marts.class_school WHERE uai IS NOT NULL) AS c USING (class_key)
)

SELECT
    h.*,
    COALESCE(d.kind, IF(h.person_key IS NULL, 'shared', 'individual')) AS kind,
    d.os,
    z.timezone
FROM (FROM pupils UNION ALL FROM trolleys) AS h
LEFT JOIN lake.devices AS d USING (device_key)
JOIN marts.school_zone AS z USING (uai)
