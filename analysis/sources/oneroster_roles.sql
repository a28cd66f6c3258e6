/*
title    = "OneRoster 1.2: people by role (roles.csv)"
titre    = "OneRoster 1.2, rôles des personnes"
fills    = "people"
reads    = ["csv"]
needs    = ["sourcedId", "userSourcedId", "roleType", "role", "orgSourcedId"]
may      = ["status"]
keys     = { person_key = ["userSourcedId", "oneroster"] }
drops    = ["dateLastModified", "dateModified", "beginDate", "endDate", "userProfileSourcedId"]
columns  = { person_key = ["userSourcedId", "a role that is not marked tobedeleted"], profile = ["role", "student, teacher, parent, guardian, relative, aide, principal, administrator or another role of OneRoster"] }
gives    = "who is a pupil, a teacher, a relative; of several roles, the primary one"
export   = "The OneRoster CSV export of whoever runs the school's register or the ENT (a zip of CSV files). Drop the zip as it is, in a folder named by the school year, such as data/raw/2025-2026/, if it has no academicSessions.csv."
*/
WITH read_roles AS (
    SELECT
        record,
        IF(LOWER(status) = 'tobedeleted', NULL, userSourcedId) AS person_key,
        LOWER(roleType) = 'primary' AS is_primary,
        oneroster_profile(role) AS profile
    FROM raw
)

SELECT
    record,
    person_key,
    -- every row of a person says the same: which of them comes last in the file means nothing
    IF(profile IS NULL, NULL, FIRST_VALUE(profile) OVER (
        PARTITION BY person_key ORDER BY profile IS NULL, is_primary IS NOT TRUE, profile
    )) AS profile
FROM read_roles
