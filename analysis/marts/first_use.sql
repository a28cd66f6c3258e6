/*
title = "The first day on which each pupil uses a tablet, since the start of the data, with or without school"
grain = "one pupil who ever uses one"
needs = ["pupil_day"]

[columns]
first_used_on = "the first day of use, local"
*/
SELECT
    person_key,
    MIN(local_date) AS first_used_on
FROM marts.pupil_day
WHERE seconds > 0
GROUP BY person_key
