/*
title = "Pupils in their classes, with open ends closed far away"
grain = "one pupil in one class over one span of days"
needs = ["person"]
*/
SELECT
    e.person_key,
    e.class_key,
    e.uai,
    COALESCE(e.level, 'autre') AS level,
    e.from_date,
    COALESCE(e.to_date, DATE '9999-12-31') AS to_date
FROM lake.enrolments AS e
LEFT JOIN marts.person AS p USING (person_key)
-- without people.csv, whoever is enrolled is a pupil
WHERE COALESCE(p.profile, 'student') = 'student'
