/*
part_of  = "aaf_pupils"
title    = "AAF 1D: the classes that pupils are in (Eleve)"
titre    = "AAF 1D, classes"
fills    = "classes"
elsewhere = ["uai"]
keys     = { class_key = ["ENTPersonClasses", "class"] }
lacks    = { school_year = "neither the pupil's entry, nor the file's name, nor the folder says of which school year it is. Put the file into a folder named by the year, such as data/raw/2025-2026/" }
gives    = "the classes and the levels of their pupils, never their labels"
*/
SELECT
    record,
    aaf_class(ENTPersonClasses) AS class_key,
    aaf_structure(ENTPersonClasses, ENTPersonStructRattach) AS structure_id,
    COALESCE(
        told_school_year(getvariable('path_school_year'), getvariable('path_file_stem')),
        school_year_of(any_date(first_of(ENTEleveDateEntreeClasses)))
    ) AS school_year,
    levels_in(STRING_AGG(first_of(ENTEleveNiveau), ',') OVER (PARTITION BY aaf_class(ENTPersonClasses))) AS levels
FROM raw
