/*
title    = "OneRoster: classes (classes.csv)"
titre    = "OneRoster, classes"
fills    = "classes"
reads    = ["csv"]
needs    = ["sourcedId", "courseSourcedId", "classType", "schoolSourcedId"]
may      = ["status", "grades"]
by_path  = ["school_year"]
elsewhere = ["uai"]
keys     = { class_key = ["sourcedId", "class"] }
drops    = ["title", "classCode", "location", "dateLastModified", "termSourcedIds", "subjects", "subjectCodes", "periods", "resources"]
columns  = { class_key = ["sourcedId", "a class that is not marked tobedeleted"] }
lacks    = { school_year = "neither the export (academicSessions.csv) nor the folder says of which school year it is. Put the zip into a folder named by the year, such as data/raw/2025-2026/" }
gives    = "the classes, their school, and their levels where grades are written as French levels"
export   = "The OneRoster CSV export of whoever runs the school's register or the ENT (a zip of CSV files). Drop the zip as it is, in a folder named by the school year, such as data/raw/2025-2026/, if it has no academicSessions.csv."
*/
SELECT
    record,
    IF(LOWER(status) = 'tobedeleted', NULL, sourcedId) AS class_key,
    schoolSourcedId AS structure_id,
    getvariable('path_school_year') AS school_year,
    levels_in(grades) AS levels
FROM raw
