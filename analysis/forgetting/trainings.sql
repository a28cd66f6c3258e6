/*
title = "Training sessions of one person before the day; those of a school as a whole say nothing about persons"
grain = "one session that goes"
*/
SELECT
    uai,
    person_key,
    held_on
FROM lake.trainings
WHERE person_key IS NOT NULL AND held_on < getvariable('keeps_from')
