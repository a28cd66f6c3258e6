/*
title = "Persons forgotten on request, by their key in the rosters"
grain = "one person"
*/
WITH named AS (
    SELECT person_key FROM every.people
    UNION
    SELECT person_key FROM every.identifiers
    UNION
    SELECT person_key FROM every.enrolments
    UNION
    SELECT person_key FROM every.assignments
    UNION
    SELECT person_key FROM every.trainings
    UNION
    SELECT person_key FROM every.assessments
    UNION
    SELECT person_key FROM every.portal_events
)

SELECT n.person_key
FROM named AS n
SEMI JOIN forgotten_account AS f ON sha256('roster|' || n.person_key) = f.mark
UNION
SELECT account_key AS person_key
FROM asked
WHERE "system" = 'roster'
UNION
-- who is asked for by an account is the person whom the rosters name for it
SELECT i.person_key
FROM lake.identifiers AS i
SEMI JOIN asked AS a ON i."system" = a."system" AND i.identifier = a.account_key
UNION
-- in a system of which identifiers.csv names no account, an account is the person's own
SELECT a.account_key AS person_key
FROM asked AS a
SEMI JOIN lake.sources AS s ON a."system" = s.person_system
ANTI JOIN lake.identifiers AS i ON a."system" = i."system"
