/*
title    = "Apple School Manager: staff (staff.csv)"
titre    = "Apple School Manager, personnels"
fills    = "people"
reads    = ["csv"]
needs    = ["person_id", "sis_username", "location_id"]
keys     = { person_key = ["person_id", "apple"] }
drops    = ["person_number", "middle_name", "email_address", "first_name", "last_name"]
gives    = "who is staff; the file does not say who of them teaches"
export   = "The six CSV templates that the town sends to Apple School Manager by SFTP, in one zip. They name no school year: put the zip into a folder named by it, such as data/raw/2025-2026/."
*/
SELECT
    record,
    person_id AS person_key,
    'personnel' AS profile
FROM raw
