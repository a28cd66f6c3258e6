/*
title = "Persons forgotten before whom a roster names again"
grain = "one person"
*/
WITH named AS (
    SELECT person_key FROM lake.people
    UNION
    SELECT person_key FROM lake.identifiers
    UNION
    SELECT person_key FROM lake.enrolments
    UNION
    SELECT person_key FROM lake.assignments
    UNION
    SELECT person_key FROM lake.trainings
    UNION
    SELECT person_key FROM lake.assessments
)

SELECT n.person_key
FROM named AS n
SEMI JOIN forgotten_person AS f ON sha256('person|' || n.person_key) = f.mark
