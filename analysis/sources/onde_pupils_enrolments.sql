/*
part_of  = "onde_pupils"
title    = "ONDE pupils: their classes"
titre    = "ONDE, classes des élèves"
fills    = "enrolments"
keys     = { person_key = ["INE", "ine"], class_key = ["Libellé classe", "class"] }
lacks    = { person_key = "neither an INE nor a name and a date of birth", uai = "the file does not say of which school it is. Put it into a folder named by the school's UAI and the year, such as data/raw/2025-2026/0920001B/", from_date = "the file does not say of which school year it is. Put it into a folder named by the year and the school's UAI, such as data/raw/2025-2026/0920001B/" }
gives    = "who is in which class and level. The file has no dates: each pupil is taken to be there from 1 September of the school year to 31 August"
*/
SELECT
    record,
    pupil_of_register(INE, "Nom élève", "Prénom élève", "Date naissance") AS person_key,
    -- labels are unique within a school; assignments.csv may name a class in the same way
    COALESCE(getvariable('path_uai'), '') || ' ' || COALESCE("Identifiant classe", "Libellé classe") AS class_key,
    getvariable('path_uai') AS uai,
    french_level(Niveau) AS level,
    first_day_of(getvariable('path_school_year')) AS from_date,
    last_day_of(getvariable('path_school_year')) AS to_date
FROM raw
