/*
title    = "Apple School Manager: pupils in classes (rosters.csv)"
titre    = "Apple School Manager, élèves des classes"
fills    = "enrolments"
reads    = ["csv"]
needs    = ["roster_id", "class_id", "student_id"]
by_path  = ["school_year"]
elsewhere = ["uai"]
keys     = { person_key = ["student_id", "apple"], class_key = ["class_id", "class"] }
lacks    = { from_date = "the export does not say of which school year it is. Put the zip into a folder named by the year, such as data/raw/2025-2026/" }
gives    = "who is in which class, taken to be there from 1 September of the school year to 31 August; no levels. Of several classes of a pupil, one is taken"
export   = "The six CSV templates that the town sends to Apple School Manager by SFTP, in one zip. They name no school year: put the zip into a folder named by it, such as data/raw/2025-2026/."
*/
SELECT
    record,
    student_id AS person_key,
    class_id AS class_key,
    first_day_of(getvariable('path_school_year')) AS from_date,
    last_day_of(getvariable('path_school_year')) AS to_date
FROM raw
