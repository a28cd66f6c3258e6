/*
title          = "Pupils who left the last level and whose tablet is back"
why_it_matters = "A tablet that is not given back equips nobody."
population     = "pupils of the last entitled level whose enrolment in it, or else whose school year, ended in the period, and who held an individual tablet in that school year; back: the last one they held is no longer theirs, or another person holds it, by the last day of data in the period"
unit           = "share"
statistic      = "share"
shown_by       = ["all"]
adds           = ["pupils"]
*/
WITH last_enrolments AS (
    -- a pupil who changes class or school within the level has not left it
    SELECT *
    FROM marts.enrolment
    WHERE level = (SELECT ARG_MAX(e.level, e.rank) FROM marts.entitled_level AS e)
    QUALIFY ROW_NUMBER() OVER (PARTITION BY person_key ORDER BY to_date DESC, from_date DESC, uai ASC) = 1
),

leavers AS (
    SELECT
        e.person_key,
        e.uai,
        LEAST(e.to_date, MIN(y.to_date)) AS left_on
    FROM last_enrolments AS e
    JOIN marts.period AS y ON e.uai = y.uai AND e.from_date <= y.to_date
    WHERE y.kind = 'year'
    GROUP BY e.person_key, e.uai, e.to_date
),

last_tablets AS (
    SELECT
        v.*,
        h.device_key,
        h.from_date AS held_from
    FROM leavers AS v
    JOIN marts.holding AS h
        ON v.person_key = h.person_key AND h.from_date <= v.left_on
        -- school years begin in August
        AND YEAR(h.to_date - INTERVAL 7 MONTH) >= YEAR(v.left_on - INTERVAL 7 MONTH)
    WHERE h.kind = 'individual'
    QUALIFY ROW_NUMBER() OVER (PARTITION BY v.person_key ORDER BY h.from_date DESC, h.to_date DESC, h.device_key ASC) = 1
),

due AS (
    SELECT
        p.period,
        t.*,
        LEAST(p.to_date, d.last_day) AS known_to
    FROM last_tablets AS t
    JOIN marts.period AS p ON t.uai = p.uai AND t.left_on BETWEEN p.from_date AND p.to_date
    JOIN (SELECT uai, MAX(local_date) AS last_day FROM marts.school_day GROUP BY uai) AS d ON t.uai = d.uai
    WHERE t.left_on <= d.last_day
),

answered AS (
    SELECT
        d.uai,
        d.period,
        d.person_key,
        NOT EXISTS(
            FROM lake.assignments AS a
            WHERE
                a.device_key = d.device_key AND a.person_key = d.person_key
                AND a.from_date <= d.known_to AND COALESCE(a.to_date > d.known_to, TRUE)
        )
        OR EXISTS(
            FROM lake.assignments AS o
            WHERE o.device_key = d.device_key AND o.person_key <> d.person_key AND o.from_date > d.held_from AND o.from_date <= d.known_to
        ) AS is_back
    FROM due AS d
),

everywhere AS (
    SELECT * FROM answered
    UNION ALL
    SELECT * REPLACE ('territory' AS uai) FROM answered
)

SELECT
    uai,
    period,
    'all' AS breakdown,
    'all' AS category,
    '' AS evidence,
    COUNT(*) AS n,
    COUNT(*) FILTER (WHERE is_back) AS numerator,
    COUNT(*) AS denominator,
    population_of(person_key) AS population
FROM everywhere
GROUP BY ALL
