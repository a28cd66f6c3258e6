/*
title = "What the registers leave in doubt: tablets of two holders, pupils in two classes at once, classes and schools that nobody names"
grain = "one kind of doubt"
needs = ["person", "register_seat"]

[columns]
doubt = "the kind: device_of_two_holders, device_without_holder, holder_not_enrolled, pupil_in_two_classes, class_in_no_school, school_not_listed, said_twice"
*/
WITH doubts AS (
    SELECT 'device_of_two_holders' AS doubt, device_key AS what
    FROM lake.assignments
    WHERE person_key IS NOT NULL
    GROUP BY device_key, from_date
    HAVING COUNT(DISTINCT person_key) > 1
    UNION ALL
    SELECT 'device_without_holder' AS doubt, device_key AS what
    FROM lake.devices
    WHERE kind IN ('individual', 'shared') AND device_key NOT IN (SELECT a.device_key FROM lake.assignments AS a)
    UNION ALL
    SELECT 'holder_not_enrolled' AS doubt, a.person_key AS what
    FROM lake.assignments AS a
    LEFT JOIN marts.person AS p USING (person_key)
    WHERE
        a.person_key IS NOT NULL AND COALESCE(p.profile, 'student') = 'student'
        AND a.person_key NOT IN (SELECT e.person_key FROM marts.register_seat AS e)
    UNION ALL
    SELECT 'pupil_in_two_classes' AS doubt, e.person_key AS what
    FROM marts.register_seat AS e
    JOIN marts.register_seat AS f ON e.person_key = f.person_key AND e.register = f.register AND e.from_date <= f.from_date
    WHERE
        e.profile = 'student' AND e.register = 'roster'
        AND (COALESCE(e.uai, ''), COALESCE(e.class_key, '')) != (COALESCE(f.uai, ''), COALESCE(f.class_key, ''))
        AND f.from_date <= e.to_date
    UNION ALL
    SELECT 'class_in_no_school' AS doubt, class_key AS what
    FROM (
        SELECT class_key FROM lake.assignments
        UNION
        SELECT class_key FROM lake.enrolments
    ) AS named
    WHERE class_key IS NOT NULL AND class_key NOT IN (SELECT c.class_key FROM lake.classes AS c)
    UNION ALL
    SELECT 'school_not_listed' AS doubt, uai AS what
    FROM (
        SELECT uai FROM lake.enrolments
        UNION
        SELECT uai FROM lake.classes
        UNION
        SELECT uai FROM lake.structures
    ) AS named
    WHERE uai IS NOT NULL AND uai NOT IN (SELECT s.uai FROM lake.schools AS s)
)

SELECT
    doubt,
    COUNT(DISTINCT what) AS number
FROM doubts
GROUP BY doubt
UNION ALL
SELECT
    'said_twice' AS doubt,
    SUM(number)::BIGINT AS number
FROM lake.contradictions
HAVING SUM(number) > 0
