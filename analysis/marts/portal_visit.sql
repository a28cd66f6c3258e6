/*
title = "Visits to the portal, rebuilt from the instants of events for several lengths of silence"
grain = "one visit of one person, per gap"
month = "started_at"
needs = ["portal_event"]
neighbours = ["portal_event"]
*/
WITH events AS (
    SELECT DISTINCT person_key, happened_at
    FROM marts.portal_event
    WHERE
        -- what the machine does to an account is not a visit
        event_type NOT IN (
            'IMPORT', 'CREATE_USER', 'DELETE_USER', 'MERGE_USER', 'EXPORT_OK', 'EXPORT_ERROR', 'IMPORT_OK', 'IMPORT_ERROR', 'SMS',
            -- nobody is there when a session times out, nor when a statement is taken back
            'TimedOut', 'voided'
        )
        AND happened_at >= getvariable('month_start') - INTERVAL 1 DAY
        AND happened_at < getvariable('month_end') + INTERVAL 2 DAY
),

per_gap AS (
    SELECT
        e.*,
        g.gap_minutes,
        LAG(e.happened_at) OVER (PARTITION BY g.gap_minutes, e.person_key ORDER BY e.happened_at) AS previous_at
    FROM events AS e
    CROSS JOIN marts.session_gap AS g
),

numbered AS (
    SELECT
        *,
        COUNT(*) FILTER (WHERE happened_at - previous_at > TO_MINUTES(gap_minutes)) OVER (
            PARTITION BY gap_minutes, person_key ORDER BY happened_at ROWS UNBOUNDED PRECEDING
        ) AS visit
    FROM per_gap
),

visits AS (
    SELECT
        gap_minutes,
        person_key,
        MIN(happened_at) AS started_at,
        MAX(happened_at) AS ended_at
    FROM numbered
    GROUP BY gap_minutes, person_key, visit
)

SELECT *
FROM visits
WHERE started_at >= getvariable('month_start') AND started_at < getvariable('month_end') + INTERVAL 1 DAY
