/*
title = "The time zone of each school"
grain = "one school"
needs = ["school"]
like = ["schools"]
*/
SELECT
    uai,
    ARG_MAX(timezone, school_year) AS timezone
FROM marts.school
GROUP BY uai
