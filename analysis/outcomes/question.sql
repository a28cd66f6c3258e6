/*
title = "What one would like to know of results, and whether the data can answer it"
grain = "one question in one period"
*/
WITH pupils AS (
    SELECT
        p.period,
        COUNT(r.person_key) AS results,
        COUNT(r.prior_score) AS earlier_results,
        COUNT(r.minutes) AS measured
    FROM marts.whole_period AS p
    LEFT JOIN marts.progress_pupil AS r USING (period)
    GROUP BY p.period
),

group_results AS (
    SELECT p.period, COUNT(g.test) AS results
    FROM marts.whole_period AS p
    LEFT JOIN lake.group_assessments AS g ON g.taken_on BETWEEN p.from_date AND p.to_date
    GROUP BY p.period
),

refused AS (
    -- of several outcomes, what stands in the way of the one that matters most
    SELECT
        period,
        part AS question,
        BOOL_OR(refusal = '') AS is_answered,
        ARG_MIN(refusal, role_rank) FILTER (WHERE refusal <> '') AS reason
    FROM marts.progress_attempt
    GROUP BY ALL
),

progress AS (
    SELECT
        p.period,
        q.position,
        q.question,
        COALESCE(r.is_answered, FALSE) AS is_answered,
        CASE
            WHEN r.is_answered THEN ''
            WHEN p.results = 0 AND g.results > 0 THEN 'only groups'
            WHEN p.results = 0 THEN 'no results'
            WHEN p.earlier_results = 0 THEN 'no earlier result'
            WHEN p.measured = 0 THEN 'no minutes'
            ELSE r.reason
        END AS reason
    FROM pupils AS p
    JOIN group_results AS g USING (period)
    CROSS JOIN (VALUES (1, 'within'), (2, 'between')) AS q (position, question)
    LEFT JOIN refused AS r ON p.period = r.period AND q.question = r.question
),

adoption AS (
    SELECT
        p.period,
        3 AS position,
        'adoption' AS question,
        COALESCE(a.refusal = '', FALSE) AS is_answered,
        COALESCE(a.refusal, 'no plan') AS reason
    FROM pupils AS p
    LEFT JOIN marts.cohort_attempt AS a USING (period)
)

SELECT * FROM progress
UNION ALL
SELECT * FROM adoption
UNION ALL
-- who uses more was not drawn by lot, in any data that tablets write
SELECT
    period,
    4 AS position,
    'cause' AS question,
    FALSE AS is_answered,
    'no assignment' AS reason
FROM pupils
