/*
title = "Days with school, or on which the school had declared itself closed, of pupils who may take the tablet home on that day"
grain = "one pupil on one local day, per evidence class with durations"
month = "local_date"
needs = ["holding", "pupil_day"]

[columns]
home_seconds = "the part of `seconds` outside the bells; empty where the hours of class are not known"
*/
SELECT
    d.uai,
    d.person_key,
    d.local_date,
    d.is_school_day,
    d.evidence,
    d.seconds,
    -- NULL where the hours of class are not known
    d.seconds - d.in_school_seconds AS home_seconds
FROM marts.pupil_day AS d
JOIN marts.school_day AS s USING (uai, local_date)
SEMI JOIN marts.holding AS h
    ON d.uai = h.uai AND d.person_key = h.person_key AND d.local_date BETWEEN h.from_date AND h.to_date
    AND h.kind = 'individual' AND h.take_home
WHERE
    d.local_date BETWEEN getvariable('month_start') AND getvariable('month_end')
    AND d.seconds IS NOT NULL
    AND (d.is_school_day OR s.why_closed = 'closure')
