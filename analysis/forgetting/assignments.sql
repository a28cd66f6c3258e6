/*
title = "Assignments that ended before the day: by their own date, because the device was given on, or because the pupil had left"
grain = "one assignment that goes"
needs = ["listed_person"]
*/
WITH in_turn AS (
    -- as in marts.holding: a device given on without a note of its return ended with the eve
    SELECT
        *,
        MIN(from_date) OVER (
            PARTITION BY device_key ORDER BY from_date
            RANGE BETWEEN INTERVAL 1 DAY FOLLOWING AND UNBOUNDED FOLLOWING
        ) AS next_from
    FROM lake.assignments
    WHERE person_key IS NOT NULL
),

pupils_left AS (
    SELECT e.person_key, MAX(e.to_date) AS left_on
    FROM lake.enrolments AS e
    LEFT JOIN lake.people AS p USING (person_key)
    WHERE COALESCE(p.profile, 'student') = 'student'
    GROUP BY e.person_key
    HAVING COUNT(*) = COUNT(e.to_date)
),

known_to_be_over AS (
    -- forgotten before, and no enrolment has come since: a roster that is read again still holds the open row
    SELECT l.person_key
    FROM forgetting.listed_person AS l
    ANTI JOIN lake.enrolments AS e ON l.person_key = e.person_key AND COALESCE(e.to_date, DATE '9999-12-31') >= getvariable('keeps_from')
),

ends AS (
    SELECT
        a.device_key,
        a.person_key,
        a.class_key,
        a.from_date,
        LEAST(
            COALESCE(a.to_date, DATE '9999-12-31'),
            COALESCE(CAST(t.next_from AS DATE) - 1, DATE '9999-12-31'),
            COALESCE(p.left_on, DATE '9999-12-31'),
            IF(o.person_key IS NULL, DATE '9999-12-31', a.from_date)
        ) AS ended_on
    FROM lake.assignments AS a
    LEFT JOIN in_turn AS t ON a.device_key = t.device_key AND a.person_key = t.person_key AND a.from_date = t.from_date
    LEFT JOIN pupils_left AS p ON a.person_key = p.person_key
    LEFT JOIN known_to_be_over AS o ON a.person_key = o.person_key
)

SELECT
    device_key,
    person_key,
    class_key,
    from_date
FROM ends
WHERE ended_on < getvariable('keeps_from')
