/*
part_of  = "aaf_pupils"
title    = "AAF 1D: pupils in their classes (Eleve)"
titre    = "AAF 1D, classes des élèves"
fills    = "enrolments"
elsewhere = ["uai"]
keys     = { person_key = ["id", "ine"], class_key = ["ENTPersonClasses", "class"] }
columns  = { person_key = ["id", "an addRequest: changes and deletions (delta files) are not read. Drop the complete file (Complet)"] }
lacks    = { from_date = "neither the pupil's entry, nor the file's name, nor the folder says of which school year it is. Put the file into a folder named by the year, such as data/raw/2025-2026/" }
gives    = "who is in which class and level, since the entry into the class where the directory gives it, else from 1 September of the school year, to 31 August"
*/
WITH pupil AS (
    SELECT
        *,
        any_date(first_of(ENTEleveDateEntreeClasses)) AS entered_on,
        told_school_year(getvariable('path_school_year'), getvariable('path_file_stem')) AS told_year
    FROM raw
)

SELECT
    record,
    aaf_pupil(element, ENTEleveINE, ENTPersonJointure, id) AS person_key,
    aaf_class(ENTPersonClasses) AS class_key,
    aaf_structure(ENTPersonClasses, ENTPersonStructRattach) AS structure_id,
    french_level(first_of(ENTEleveNiveau)) AS level,
    COALESCE(entered_on, first_day_of(told_year)) AS from_date,
    COALESCE(
        any_date(first_of(ENTEleveDateSortieClasses)), last_day_of(COALESCE(told_year, school_year_of(entered_on)))
    ) AS to_date
FROM pupil
