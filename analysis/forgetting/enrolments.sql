/*
title = "Enrolments that ended before the day"
grain = "one enrolment that goes"
*/
SELECT
    source,
    person_key,
    class_key,
    from_date
FROM lake.enrolments
WHERE to_date < getvariable('keeps_from')
