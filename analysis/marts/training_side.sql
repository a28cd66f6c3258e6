/*
title = "Before and after each training of a whole school: that school, and those of the same evidence that had none in the period"
grain = "one school around one session in one period, per evidence class"
needs = ["school_use_day", "place"]

[columns]
breakdown = "training: the school that was trained; training_elsewhere: one that had no training in the period"
days_after = "pupil-days of school after the session, within the period"
days_before = "pupil-days of school before the session, within the period"
minutes_after = "minutes on the school days after the session, added up"
minutes_before = "minutes on the school days before the session, added up"
*/
WITH sessions AS (
    -- a session of one person would show the minutes of one class
    SELECT DISTINCT t.uai, p.period, t.held_on
    FROM lake.trainings AS t
    JOIN marts.period AS p ON t.uai = p.uai AND t.held_on BETWEEN p.from_date AND p.to_date
    WHERE t.person_key IS NULL
),

trained AS (
    SELECT s.uai, s.period, s.held_on, w.evidence
    FROM sessions AS s
    JOIN marts.place AS w ON s.uai = w.place AND s.period = w.period AND w.kind = 'individual'
),

schools AS (
    SELECT *, 'training' AS breakdown, uai AS school_uai
    FROM trained
    UNION ALL
    SELECT t.*, 'training_elsewhere' AS breakdown, w.uai AS school_uai
    FROM trained AS t
    JOIN marts.place AS w
        ON t.period = w.period AND t.evidence = w.evidence AND w.kind = 'individual' AND w.place = 'territory'
    ANTI JOIN sessions AS s ON w.uai = s.uai AND w.period = s.period
),

sides AS (
    SELECT
        s.uai,
        s.period,
        s.held_on,
        s.evidence,
        s.breakdown,
        s.school_uai,
        SUM(d.minutes) FILTER (WHERE d.local_date < s.held_on) AS minutes_before,
        SUM(d.pupil_days) FILTER (WHERE d.local_date < s.held_on) AS days_before,
        SUM(d.minutes) FILTER (WHERE d.local_date > s.held_on) AS minutes_after,
        SUM(d.pupil_days) FILTER (WHERE d.local_date > s.held_on) AS days_after
    FROM schools AS s
    JOIN marts.period AS p ON s.school_uai = p.uai AND s.period = p.period
    JOIN marts.school_use_day AS d
        ON s.school_uai = d.uai AND s.evidence = d.evidence AND d.local_date BETWEEN p.from_date AND p.to_date
    GROUP BY ALL
    -- three school weeks of which anything was heard, on each side
    HAVING
        COUNT(DISTINCT DATE_TRUNC('week', d.local_date)) FILTER (WHERE d.is_heard AND d.local_date < s.held_on) >= 3
        AND COUNT(DISTINCT DATE_TRUNC('week', d.local_date)) FILTER (WHERE d.is_heard AND d.local_date > s.held_on) >= 3
)

SELECT *
FROM sides
-- the other schools are there to be set against the one that was trained
QUALIFY BOOL_OR(breakdown = 'training') OVER (PARTITION BY uai, period, held_on, evidence)
