/*
title    = "Apple School Manager: classes (classes.csv)"
titre    = "Apple School Manager, classes"
fills    = "classes"
reads    = ["csv"]
needs    = ["class_id", "course_id", "instructor_id", "location_id"]
by_path  = ["school_year"]
elsewhere = ["uai"]
keys     = { class_key = ["class_id", "class"] }
drops    = ["class_number", "instructor_id_2", "instructor_id_3", "instructor_id_4", "instructor_id_5", "instructor_id_6", "instructor_id_7", "instructor_id_8", "instructor_id_9", "instructor_id_10", "instructor_id_11", "instructor_id_12", "instructor_id_13", "instructor_id_14", "instructor_id_15"]
lacks    = { school_year = "the export does not say of which school year it is. Put the zip into a folder named by the year, such as data/raw/2025-2026/" }
gives    = "the classes and their place; which place is which school, structures.csv says, or the place is named by the UAI"
export   = "The six CSV templates that the town sends to Apple School Manager by SFTP, in one zip. They name no school year: put the zip into a folder named by it, such as data/raw/2025-2026/."
*/
SELECT
    record,
    class_id AS class_key,
    location_id AS structure_id,
    getvariable('path_school_year') AS school_year
FROM raw
