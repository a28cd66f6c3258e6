/*
title = "Which school each class is in, by its code or through the structures, and its level where it has one alone"
grain = "one class in one school year"

[columns]
only_level = "its level, where it has one alone"
*/
SELECT
    c.class_key,
    c.school_year,
    COALESCE(c.uai, t.uai, IF(is_uai(UPPER(c.structure_id)), UPPER(c.structure_id), NULL)) AS uai,
    IF(c.levels NOT LIKE '%|%', c.levels, NULL) AS only_level
FROM lake.classes AS c
LEFT JOIN lake.structures AS t USING (structure_id)
