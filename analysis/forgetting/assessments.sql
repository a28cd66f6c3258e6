/*
title = "Results of persons in tests taken before the day; those of classes and schools name nobody"
grain = "one result that goes"
*/
SELECT
    person_key,
    test,
    "domain",
    taken_on
FROM lake.assessments
WHERE taken_on < getvariable('keeps_from')
