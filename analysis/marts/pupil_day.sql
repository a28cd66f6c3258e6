/*
title = "Every pupil with an individual device on every day, days without use included"
grain = "one pupil on one local day, per evidence class of the devices held"
month = "local_date"
needs = ["device_day", "day_span"]
*/
WITH held AS (
    SELECT
        uai,
        person_key,
        class_key,
        level,
        local_date,
        is_school_day,
        evidence,
        BOOL_OR(is_seen) AS is_seen,
        -- the hours of a day are known where every device of it tells them
        BOOL_AND(is_timed AND total_seconds = 0) AS is_timed,
        SUM(microseconds(seconds)) / 1e6 AS device_seconds,
        SUM(microseconds(total_seconds)) / 1e6 AS total_seconds
    FROM marts.device_day
    WHERE
        kind = 'individual' AND person_key IS NOT NULL AND evidence IS NOT NULL
        AND local_date BETWEEN getvariable('month_start') AND getvariable('month_end')
    GROUP BY ALL
),

used AS (
    SELECT
        uai,
        holder_key AS person_key,
        local_date,
        evidence,
        SUM(microseconds(seconds)) / 1e6 AS seconds,
        SUM(microseconds(in_school_seconds)) / 1e6 AS in_school_seconds
    FROM marts.day_span
    WHERE holder = 'person' AND local_date BETWEEN getvariable('month_start') AND getvariable('month_end')
    GROUP BY ALL
),

timed AS (
    SELECT
        h.*,
        CASE
            WHEN h.evidence IN ('foreground', 'active') THEN COALESCE(u.seconds, 0) + h.total_seconds
            WHEN h.evidence = 'network' THEN h.device_seconds
        END AS seconds,
        -- where the hours of class are not known, neither is what falls within them
        CASE
            WHEN h.evidence IN ('foreground', 'active') AND h.is_timed AND h.uai IN (SELECT b.uai FROM marts.bell AS b)
                THEN COALESCE(u.in_school_seconds, 0)
        END AS in_school_seconds
    FROM held AS h
    LEFT JOIN used AS u USING (uai, person_key, local_date, evidence)
)

SELECT
    uai,
    person_key,
    class_key,
    level,
    local_date,
    is_school_day,
    evidence,
    is_seen,
    seconds,
    seconds / 60 AS minutes,
    in_school_seconds
FROM timed
