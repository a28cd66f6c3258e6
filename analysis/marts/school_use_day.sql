/*
title = "Minutes and pupil-days of each school, school day by school day"
grain = "one school on one school day, per evidence class"
needs = ["pupil_day"]

[columns]
is_heard = "whether any device of the school gave a sign that day"
minutes = "minutes of all pupils, added up"
pupil_days = "pupils who hold a tablet of this evidence that day"
*/
SELECT
    uai,
    evidence,
    local_date,
    BOOL_OR(is_seen) AS is_heard,
    SUM(microseconds(seconds)) / 60e6 AS minutes,
    COUNT(*) AS pupil_days
FROM marts.pupil_day
WHERE is_school_day AND seconds IS NOT NULL
GROUP BY ALL
