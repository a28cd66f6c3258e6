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
        record,
        IF(element = 'addRequest', COALESCE(first_of(ENTEleveINE), first_of(ENTPersonJointure), id), NULL) AS person_key,
        -- structure$..$..$class$label: a label may hold a teacher's name. A pupil in several classes is taken in the first
        STR_SPLIT(first_of(ENTPersonClasses), '$') AS class_parts,
        first_of(ENTPersonClasses) AS class_written,
        first_of(ENTPersonStructRattach) AS attached_to,
        ENTEleveNiveau AS level_written,
        any_date(first_of(ENTEleveDateEntreeClasses)) AS entered_on,
        any_date(first_of(ENTEleveDateSortieClasses)) AS left_on,
        COALESCE(
            getvariable('path_school_year'),
            school_year_of(CAST(TRY(strptime(regexp_extract(getvariable('path_file_stem'), '_(20\d{6})(?:_|$)', 1), '%Y%m%d')) AS DATE))
        ) AS told_year
    FROM raw
)

SELECT
    record,
    person_key,
    IF(LEN(class_parts) = 5, class_parts[4], class_written) AS class_key,
    COALESCE(IF(LEN(class_parts) > 1, class_parts[1], NULL), attached_to) AS structure_id,
    french_level(first_of(level_written)) AS level,
    COALESCE(entered_on, first_day_of(told_year)) AS from_date,
    COALESCE(left_on, last_day_of(COALESCE(told_year, school_year_of(entered_on)))) AS to_date
FROM pupil
