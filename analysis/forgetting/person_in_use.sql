/*
title = "Persons whom a row that is kept names"
grain = "one person"
needs = ["enrolments", "assignments", "trainings", "assessments"]
*/
SELECT e.person_key
FROM lake.enrolments AS e
ANTI JOIN forgetting.enrolments AS g USING (source, person_key, class_key, from_date)
UNION
SELECT a.person_key
FROM lake.assignments AS a
ANTI JOIN forgetting.assignments AS g USING (device_key, person_key, from_date)
WHERE a.person_key IS NOT NULL
UNION
SELECT t.person_key
FROM lake.trainings AS t
WHERE t.person_key IS NOT NULL AND t.held_on >= getvariable('keeps_from')
UNION
SELECT a.person_key
FROM lake.assessments AS a
WHERE a.taken_on >= getvariable('keeps_from')
UNION
-- as in marts.portal_event: an account is its person's where identifiers.csv says so, and the person's own key otherwise
SELECT COALESCE(i.person_key, e.person_key) AS person_key
FROM lake.portal_events AS e
JOIN lake.sources AS f ON e.source = f.source
LEFT JOIN lake.identifiers AS i ON f.person_system = i."system" AND e.person_key = i.identifier
WHERE e.happened_at >= getvariable('first_instant')
