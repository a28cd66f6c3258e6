/*
title    = "OneRoster 1.1: people (users.csv)"
titre    = "OneRoster 1.1, personnes"
fills    = "people"
reads    = ["csv"]
needs    = ["sourcedId", "enabledUser", "orgSourcedIds", "role"]
may      = ["status"]
keys     = { person_key = ["sourcedId", "oneroster"] }
drops    = ["username", "userIds", "givenName", "familyName", "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds", "grades", "password", "userMasterIdentifier", "resourceSourcedIds", "preferredGivenName", "preferredMiddleName", "preferredFamilyName", "primaryOrgSourcedId", "pronouns", "dateLastModified"]
columns  = { person_key = ["sourcedId", "a person who is not marked tobedeleted"], profile = ["role", "student, teacher, parent, guardian, relative, aide, administrator, proctor"] }
gives    = "who is a pupil, a teacher, a relative"
export   = "The OneRoster CSV export of whoever runs the school's register or the ENT (a zip of CSV files). Drop the zip as it is, in a folder named by the school year, such as data/raw/2025-2026/, if it has no academicSessions.csv."
*/
SELECT
    record,
    IF(LOWER(status) = 'tobedeleted', NULL, sourcedId) AS person_key,
    oneroster_profile(role) AS profile
FROM raw
