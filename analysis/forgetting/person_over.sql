/*
title = "Persons whom rows that go name, or who were forgotten before, and whom nothing that is kept names"
grain = "one person"
needs = ["enrolments", "assignments", "trainings", "assessments", "listed_person", "person_in_use"]
*/
WITH named AS (
    SELECT person_key FROM forgetting.enrolments
    UNION
    SELECT person_key FROM forgetting.assignments
    UNION
    SELECT person_key FROM forgetting.trainings
    UNION
    SELECT person_key FROM forgetting.assessments
    UNION
    SELECT person_key FROM forgetting.listed_person
)

SELECT n.person_key
FROM named AS n
ANTI JOIN forgetting.person_in_use USING (person_key)
WHERE n.person_key IS NOT NULL
