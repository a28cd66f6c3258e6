/*
title    = "Apple School Manager: pupils (students.csv)"
titre    = "Apple School Manager, élèves"
fills    = "people"
reads    = ["csv"]
needs    = ["person_id", "grade_level", "password_policy", "location_id"]
keys     = { person_key = ["person_id", "apple"] }
drops    = ["person_number", "middle_name", "email_address", "sis_username", "first_name", "last_name"]
gives    = "who is a pupil"
export   = "The six CSV templates that the town sends to Apple School Manager by SFTP, in one zip. They name no school year: put the zip into a folder named by it, such as data/raw/2025-2026/."
*/
SELECT
    record,
    person_id AS person_key,
    'student' AS profile
FROM raw
