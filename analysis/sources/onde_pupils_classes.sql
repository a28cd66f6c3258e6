/*
part_of  = "onde_pupils"
title    = "ONDE pupils: the classes that they are in"
titre    = "ONDE, classes"
fills    = "classes"
keys     = { class_key = ["Libellé classe", "class"] }
lacks    = { uai = "the file does not say of which school it is. Put it into a folder named by the school's UAI and the year, such as data/raw/2025-2026/0920001B/", school_year = "the file does not say of which school year it is. Put it into a folder named by the year and the school's UAI, such as data/raw/2025-2026/0920001B/" }
gives    = "the classes and the levels of their pupils, never their labels"
*/
SELECT
    record,
    COALESCE(getvariable('path_uai'), '') || ' ' || COALESCE("Identifiant classe", "Libellé classe") AS class_key,
    getvariable('path_uai') AS uai,
    getvariable('path_school_year') AS school_year,
    -- every pupil's row names the class: all of them say the same of it
    levels_in(STRING_AGG(Niveau, ',') OVER (PARTITION BY COALESCE("Identifiant classe", "Libellé classe"))) AS levels
FROM raw
