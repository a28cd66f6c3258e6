/*
title          = "Pupils still active some weeks after their first use"
why_it_matters = "Does it last once the novelty has worn off?"
population     = "weeks with a school day on which the pupil holds an individual tablet, after the week of the first use; by month of that first use in the school year, and by school weeks since; active: 5 minutes or more on a school day"
unit           = "share"
statistic      = "share"
counts         = "users"
shown_by       = ["retention"]
source         = "cohort retention, on school weeks since the first use"
adds           = ["pupils"]
overlaps       = ["school"]
*/
WITH school_weeks AS (
    SELECT DISTINCT uai, CAST(DATE_TRUNC('week', local_date) AS DATE) AS week
    FROM marts.school_day
    WHERE is_school_day
),

numbered AS (
    SELECT uai, week, ROW_NUMBER() OVER (PARTITION BY uai ORDER BY week) AS number
    FROM school_weeks
),

since AS (
    SELECT
        a.uai,
        a.period,
        a.evidence,
        a.person_key,
        a.week,
        STRFTIME(f.first_used_on, '%Y-%m') AS cohort,
        -- a first use in the holidays stands in the school week before; a week in two schools is one week
        MIN(n.number - COALESCE(b.number, 0)) AS weeks_since,
        BOOL_OR(a.is_active) AS is_active
    FROM marts.active_week AS a
    JOIN marts.first_use AS f USING (person_key)
    JOIN marts.period AS p ON a.school_uai = p.uai AND a.period = p.period
    JOIN numbered AS n ON a.school_uai = n.uai AND a.week = n.week
    ASOF LEFT JOIN numbered AS b ON a.school_uai = b.uai AND CAST(DATE_TRUNC('week', f.first_used_on) AS DATE) >= b.week
    -- school years begin in August
    WHERE f.first_used_on >= MAKE_DATE(CAST(p.school_year[1:4] AS INTEGER), 8, 1)
    GROUP BY ALL
),

banded AS (
    SELECT
        *,
        CASE
            WHEN weeks_since <= 4 THEN '1-4'
            WHEN weeks_since <= 8 THEN '5-8'
            WHEN weeks_since <= 12 THEN '9-12'
            ELSE '13-'
        END AS band
    FROM since
    WHERE weeks_since >= 1
)

SELECT
    uai,
    period,
    'retention' AS breakdown,
    cohort || '|' || band AS category,
    evidence,
    COUNT(DISTINCT person_key) AS n,
    COUNT(*) FILTER (WHERE is_active) AS numerator,
    COUNT(*) AS denominator,
    population_of(person_key) AS population
FROM banded
GROUP BY ALL
