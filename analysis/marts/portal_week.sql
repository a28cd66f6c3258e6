/*
title = "Each person of the registers in each school week that the portal's data reach: visits, whether one fell on a school day, and whether something was created (NULL where the portal wrote no creation of anybody in the school and period: silence is no zero)"
grain = "one person in one week of one period, in each place that counts this person"
needs = ["portal_member", "portal_day", "portal_deed", "portal_period", "whole_period"]

[columns]
is_on_school_day = "whether a visit fell on a school day"
has_created = "whether something was created; NULL where the portal wrote no creation of anybody in the school and period"
*/
WITH reach AS (
    SELECT MIN(local_date) AS first_day, MAX(local_date) AS last_day
    FROM marts.portal_day
),

open_day AS (
    SELECT
        d.uai,
        p.period,
        d.local_date
    FROM marts.school_day AS d
    JOIN marts.period AS p ON d.uai = p.uai AND d.local_date BETWEEN p.from_date AND p.to_date
    JOIN marts.portal_period AS o ON p.uai = o.uai AND p.period = o.period
    JOIN reach AS r ON d.local_date BETWEEN r.first_day AND r.last_day
    WHERE d.is_school_day
),

school_week AS (
    SELECT
        -- for those whose school nobody knows: the weeks in which any school has class
        w.place AS uai,
        d.period,
        CAST(DATE_TRUNC('week', d.local_date) AS DATE) AS week,
        MIN(d.local_date) AS from_date,
        MAX(d.local_date) AS to_date
    FROM open_day AS d
    CROSS JOIN UNNEST([d.uai, 'territory']) AS w (place)
    GROUP BY ALL
),

expected AS (
    SELECT DISTINCT
        COALESCE(m.uai, 'territory') AS home_uai,
        m.is_rostered,
        m.profile,
        m.person_key,
        m.has_account,
        w.period,
        w.week
    FROM marts.portal_member AS m
    JOIN school_week AS w
        ON COALESCE(m.uai, 'territory') = w.uai AND m.from_date <= w.to_date AND m.to_date >= w.from_date
),

visited AS (
    SELECT
        v.person_key,
        p.period,
        CAST(DATE_TRUNC('week', v.local_date) AS DATE) AS week,
        SUM(v.visits) AS visits,
        BOOL_OR(o.local_date IS NOT NULL) AS has_school_day
    FROM marts.portal_day AS v
    JOIN marts.whole_period AS p
        ON v.local_date BETWEEN p.from_date AND p.to_date
    LEFT JOIN open_day AS o ON v.uai = o.uai AND p.period = o.period AND v.local_date = o.local_date
    GROUP BY ALL
),

created AS (
    SELECT
        d.uai,
        d.person_key,
        p.period,
        CAST(DATE_TRUNC('week', d.local_date) AS DATE) AS week
    FROM marts.portal_deed AS d
    JOIN marts.whole_period AS p ON d.local_date BETWEEN p.from_date AND p.to_date
    WHERE d.event_type = 'CREATE'
),

telling AS (
    -- an export without creations (an ENT that writes none, a table that was left out) and a school in which nobody creates look alike
    SELECT DISTINCT
        w.place AS home_uai,
        c.period
    FROM created AS c
    CROSS JOIN UNNEST([c.uai, 'territory']) AS w (place)
),

creator AS (
    SELECT DISTINCT person_key, period, week
    FROM created
),

weeks AS (
    SELECT
        e.*,
        COALESCE(v.visits, 0) AS visits,
        COALESCE(v.has_school_day, FALSE) AS is_on_school_day,
        IF(t.home_uai IS NULL, NULL, c.person_key IS NOT NULL) AS has_created
    FROM expected AS e
    LEFT JOIN visited AS v USING (person_key, period, week)
    LEFT JOIN telling AS t USING (home_uai, period)
    LEFT JOIN creator AS c ON e.person_key = c.person_key AND e.period = c.period AND e.week = c.week
)

SELECT home_uai AS uai, period, profile, person_key, has_account, week, visits, is_on_school_day, has_created
FROM weeks
WHERE is_rostered
UNION ALL
-- a pupil who changes school in the middle of a week is one pupil of the territory
SELECT
    'territory' AS uai,
    period,
    profile,
    person_key,
    has_account,
    week,
    MAX(visits) AS visits,
    BOOL_OR(is_on_school_day) AS is_on_school_day,
    BOOL_OR(has_created) AS has_created
FROM weeks
GROUP BY ALL
