/*
title          = "Change in minutes per pupil and school day after a training, there and elsewhere"
why_it_matters = "The change that goes with a training, beside that of the schools of the same kind of data that had none, on the same days."
population     = "classes of a school that was trained (`training`), and schools of the territory with the same evidence, enough coverage and no session in the period, cut at the same day (`training_elsewhere`); n counts pupils, of the side that has fewer. Only sessions of a whole school (one person's would show one class), with three school weeks heard of on each side; the day itself counts on neither. The category is the day of the session"
unit           = "minutes"
interval       = "95 %, paired t on classes (on schools for the others): after less before, each with the same weight"
statistic      = "gap"
computed_by    = "gaps.change"
source         = "paired t on class means (docs/intervals.md)"
shown_by       = ["training", "training_elsewhere"]
*/
WITH classes AS (
    SELECT
        uai,
        period,
        'training' AS breakdown,
        held_on,
        evidence,
        class_key AS cluster_key,
        SUM(minutes_before) / SUM(days_before) AS before,
        SUM(minutes_after) / SUM(days_after) AS after
    FROM marts.training_pupil
    GROUP BY ALL
    HAVING SUM(days_before) > 0 AND SUM(days_after) > 0
),

schools AS (
    SELECT
        uai,
        period,
        breakdown,
        held_on,
        evidence,
        school_uai AS cluster_key,
        minutes_before / days_before AS before,
        minutes_after / days_after AS after
    FROM marts.training_side
    WHERE breakdown = 'training_elsewhere'
),

clusters AS (
    SELECT * FROM classes
    UNION ALL
    SELECT * FROM schools
),

sides AS (
    SELECT
        t.uai,
        t.period,
        'training' AS breakdown,
        t.held_on,
        t.evidence,
        COUNT(DISTINCT t.person_key) FILTER (WHERE t.days_before > 0) AS n_before,
        COUNT(DISTINCT t.person_key) FILTER (WHERE t.days_after > 0) AS n_after,
        population_of(IF(t.days_before > 0, t.person_key, NULL)) AS population_before,
        population_of(IF(t.days_after > 0, t.person_key, NULL)) AS population_after
    FROM marts.training_pupil AS t
    SEMI JOIN classes AS c
        ON t.uai = c.uai AND t.period = c.period AND t.held_on = c.held_on AND t.evidence = c.evidence AND t.class_key = c.cluster_key
    GROUP BY ALL
),

people AS (
    SELECT
        uai,
        period,
        breakdown,
        held_on,
        evidence,
        LEAST(n_before, n_after) AS n,
        IF(n_before <= n_after, population_before, population_after) AS population
    FROM sides
    UNION ALL
    SELECT
        s.uai,
        s.period,
        s.breakdown,
        s.held_on,
        s.evidence,
        COUNT(DISTINCT m.person_key) AS n,
        population_of(m.person_key) AS population
    FROM schools AS s
    JOIN marts.pupil_minutes AS m ON s.cluster_key = m.uai AND s.period = m.period AND s.evidence = m.evidence
    GROUP BY ALL
)

SELECT
    c.uai,
    c.period,
    c.breakdown,
    CAST(c.held_on AS VARCHAR) AS category,
    c.evidence,
    ANY_VALUE(p.n) AS n,
    CAST(NULL AS DOUBLE) AS numerator,
    CAST(NULL AS DOUBLE) AS denominator,
    ANY_VALUE(p.population) AS population,
    LIST(c.before ORDER BY c.cluster_key) AS before,
    LIST(c.after ORDER BY c.cluster_key) AS after,
    LIST(c.cluster_key ORDER BY c.cluster_key) AS clusters
FROM clusters AS c
JOIN people AS p USING (uai, period, breakdown, held_on, evidence)
GROUP BY ALL
