/*
title = "Pupils in their classes, with open ends closed far away"
grain = "one pupil in one class over one span of days"
needs = ["seat"]
*/
SELECT
    person_key,
    class_key,
    uai,
    COALESCE(level, 'autre') AS level,
    from_date,
    to_date
FROM marts.seat
WHERE profile = 'student'
