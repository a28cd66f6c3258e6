/*
title = "Each pupil's days and minutes in each period, cut in every way that a report shows"
grain = "one pupil in one period, breakdown and category, per evidence class"
needs = ["pupil_day", "place"]

[columns]
days_5_30 = "those with 5 to 30 minutes of use"
days_off = "days without school"
days_off_used = "days without school and with any use"
days_over_30 = "those with more than 30 minutes of use"
days_under_5 = "those with use, under 5 minutes"
off_seconds = "seconds of use on days without school"
seconds = "seconds of use on school days"
timed_seconds = "the part of `seconds` of which the hours are known"
*/
WITH cut AS (
    SELECT
        d.*,
        p.period,
        UNNEST([
            {'breakdown': 'all', 'category': 'all'},
            {'breakdown': 'level', 'category': d.level},
            {'breakdown': 'cycle', 'category': cycle_of(d.level)},
            {'breakdown': 'week', 'category': CAST(CAST(DATE_TRUNC('week', d.local_date) AS DATE) AS VARCHAR)},
            {'breakdown': 'weekday', 'category': CAST(ISODOW(d.local_date) AS VARCHAR)}
        ], recursive := TRUE)
    FROM marts.pupil_day AS d
    JOIN marts.period AS p ON d.uai = p.uai AND d.local_date BETWEEN p.from_date AND p.to_date
    WHERE d.seconds IS NOT NULL
),

named AS (
    -- a level outside the cycles, such as ULIS, is in none
    SELECT *
    FROM cut
    WHERE category IS NOT NULL
),

schools AS (
    SELECT
        uai,
        period,
        breakdown,
        category,
        evidence,
        person_key,
        class_key AS cluster_key,
        COUNT(*) FILTER (WHERE is_school_day) AS days,
        COUNT(*) FILTER (WHERE is_school_day AND seconds > 0) AS days_used,
        COUNT(*) FILTER (WHERE is_school_day AND seconds > 0 AND seconds < 300) AS days_under_5,
        COUNT(*) FILTER (WHERE is_school_day AND seconds BETWEEN 300 AND 1800) AS days_5_30,
        COUNT(*) FILTER (WHERE is_school_day AND seconds > 1800) AS days_over_30,
        COALESCE(SUM(microseconds(seconds)) FILTER (WHERE is_school_day), 0) / 1e6 AS seconds,
        SUM(microseconds(in_school_seconds)) FILTER (WHERE is_school_day) / 1e6 AS in_school_seconds,
        SUM(microseconds(seconds)) FILTER (WHERE is_school_day AND in_school_seconds IS NOT NULL) / 1e6 AS timed_seconds,
        COUNT(*) FILTER (WHERE NOT is_school_day) AS days_off,
        COUNT(*) FILTER (WHERE NOT is_school_day AND seconds > 0) AS days_off_used,
        COALESCE(SUM(microseconds(seconds)) FILTER (WHERE NOT is_school_day), 0) / 1e6 AS off_seconds
    FROM named
    GROUP BY ALL
)

SELECT
    s.* REPLACE (
        w.place AS uai,
        -- for the whole territory, schools are what varies: they are its clusters
        IF(w.place = 'territory', s.uai, s.cluster_key) AS cluster_key
    ),
    s.uai AS school_uai
FROM schools AS s
JOIN marts.place AS w ON s.uai = w.uai AND s.period = w.period AND s.evidence = w.evidence AND w.kind = 'individual'
