/*
title    = "Roster: classes"
titre    = "Registre : classes"
fills    = "classes"
reads    = ["csv"]
needs    = ["class_id", "uai", "school_year"]
may      = ["levels"]
keys     = { class_key = ["class_id", "class"] }
drops    = ["label"]
gives    = "the classes and their levels"
export   = "written by the town or the school itself; its columns are in docs/how-to/own-data.md"
*/
SELECT
    record,
    class_id AS class_key,
    UPPER(uai) AS uai,
    school_year,
    levels
FROM raw
